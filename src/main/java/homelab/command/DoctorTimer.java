package homelab.command;

import homelab.host.LocalHost;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A timer of systemd on the machine that homelab runs on, the user's own or, for root, the system's: it has doctor write
 * its metrics every few minutes.
 */
record DoctorTimer(Io io, Cluster cluster, Path inventory) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String UNITS = "etc/systemd/system/homelab-doctor.";

    private static final String PLACE = """
            set -eu
            command -v systemctl >/dev/null || { echo 'there is no systemd on this machine' >&2; exit 1; }
            if [ "$(id -u)" = 0 ]; then
              d=/etc/systemd/system; ctl() { systemctl "$@"; }
            else
              d=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user; ctl() { systemctl --user "$@"; }
            fi
            """;

    /** Nothing is written where no systemd would read it. */
    private static final String INSTALL = PLACE + """
            ctl show-environment >/dev/null
            mkdir -p "$d"
            put() { cat >"$d/.$1.part"; sync "$d/.$1.part" 2>/dev/null || sync; mv "$d/.$1.part" "$d/$1"; }
            put '%1$s.service' <<'UNIT'
            %2$sUNIT
            put '%1$s.timer' <<'UNIT'
            %3$sUNIT
            ctl daemon-reload
            ctl enable '%1$s.timer' 2>&1
            ctl restart '%1$s.timer'
            """;

    private static final String REMOVE = PLACE + """
            ctl disable --now '%1$s.timer' 2>/dev/null || true
            rm -f "$d/%1$s.service" "$d/%1$s.timer"
            ctl daemon-reload
            """;

    /** Shows the units, asks, and starts the timer. A second time it has the same units again. */
    Exit install(Path textfile, Duration every, Consent consent) {
        String service = service(textfile);
        String timer = Templates.load(UNITS + "timer").fill(Map.of("cluster", cluster.name(), "every", span(every)));
        io.err().print("# " + name() + ".service\n" + service + "\n# " + name() + ".timer\n" + timer + "\n");
        consent.ask(io, "Install these on this machine?");
        run("install the timer", INSTALL.formatted(name(), service, timer));
        io.out().println("the timer " + name() + " writes " + textfile + " every " + span(every));
        if (!System.getProperty("user.name", "").equals("root")) {
            io.out().println("next:    loginctl enable-linger, so that it runs while you are not logged in");
        }
        return Exit.DONE;
    }

    Exit remove() {
        run("remove the timer", REMOVE.formatted(name()));
        io.out().println("the timer " + name() + " is gone; its file stays as it is");
        return Exit.DONE;
    }

    private String name() {
        return "homelab-doctor-" + cluster.name();
    }

    private String service(Path textfile) {
        Path program = io.env("HOMELAB_PROGRAM")
                .map(Path::of)
                .orElseThrow(() -> failure("it is not known how homelab is called", "start it by cli/homelab"));
        return Templates.load(UNITS + "service")
                .fill(Map.of(
                        "cluster", cluster.name(),
                        "environment",
                                quoted("HOME=" + io.home()) + " "
                                        + quoted("PATH=" + io.env("PATH").orElse("/usr/bin:/bin")),
                        "program", quoted(program.toString()),
                        "inventory",
                                quoted(inventory.toAbsolutePath().normalize().toString()),
                        "textfile", quoted(textfile.toAbsolutePath().normalize().toString())));
    }

    /** As systemd reads words (systemd.service(5), command lines). */
    private static String quoted(String word) {
        return '"'
                + word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("$", "$$")
                + '"';
    }

    private static String span(Duration every) {
        return every.toMinutes() + "min";
    }

    private static void run(String title, String shell) {
        Output output = new LocalHost(new NodeName("here")).run(Script.user(title, shell, LIMIT));
        if (!output.ok()) {
            throw failure(
                    output.errors().strip().replaceAll("\\s*\\n\\s*", "; "),
                    "run it where systemd runs, as root or as a user who is logged in");
        }
    }

    private static Failure failure(String why, String fix) {
        return new Failure(Exit.FAILED, Problem.of("the timer could not be changed", why, fix));
    }
}
