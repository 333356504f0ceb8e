package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments that switch the memory cgroup on, on the one line of a Raspberry Pi's cmdline.txt. Written only when the
 * controller is not in effect: most systems have it on by default. The file as it was stays beside it.
 *
 * @param files where the firmware reads it, the first that is there counts
 */
public record KernelArgs(List<String> files) implements Resource {
    static final List<String> ARGS = List.of("cgroup_memory=1", "cgroup_enable=memory");

    /**
     * How it stands.
     *
     * @param file the cmdline.txt that counts, empty when there is none
     * @param atBoot its line, empty when there is none
     * @param running the running kernel's line
     */
    record Boot(boolean inEffect, String file, String atBoot, String running) {
        boolean saved() {
            return words(atBoot).containsAll(ARGS);
        }

        boolean booted() {
            return words(running).containsAll(ARGS);
        }

        static List<String> words(String line) {
            return Arrays.asList(line.strip().split("\\s+"));
        }
    }

    public KernelArgs {
        files = List.copyOf(files);
    }

    /** Where Ubuntu from 25.04, Debian from 12 and older systems keep it, in this order. */
    public static KernelArgs ofPi() {
        return new KernelArgs(
                List.of("/boot/firmware/current/cmdline.txt", "/boot/firmware/cmdline.txt", "/boot/cmdline.txt"));
    }

    @Override
    public String id() {
        return "kernel arguments";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look());
    }

    Probe<Boot> look() {
        String shell = """
                if grep -qsw memory /sys/fs/cgroup/cgroup.controllers ||
                  awk '$1 == "memory" && $4 == 1 { on = 1 } END { exit !on }' /proc/cgroups; then echo effect=yes; fi
                echo "running=$(cat /proc/cmdline)"
                for f in %s; do
                  if [ -f "$f" ]; then echo "file=$f"; echo "boot=$(head -n 1 "$f")"; exit 0; fi
                done
                """.formatted(Sh.quote(files));
        return Probe.of("kernel arguments", shell, KernelArgs::parse);
    }

    private static Boot parse(Answer answer) {
        Map<String, String> found = new HashMap<>();
        answer.text().lines().map(line -> line.split("=", 2)).forEach(pair -> found.put(pair[0], pair[1]));
        String running = found.get("running");
        if (!answer.ok() || running == null) {
            throw new IllegalStateException("the kernel's command line could not be read");
        }
        boolean inEffect = "yes".equals(found.get("effect"));
        return new Boot(inEffect, found.getOrDefault("file", ""), found.getOrDefault("boot", ""), running);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(look()), this::judged);
    }

    private Status judged(Boot boot) {
        if (boot.inEffect() || boot.saved()) {
            return Status.SAME;
        }
        return boot.file().isEmpty()
                ? new Status.NotHere("the memory cgroup is off, and there is no cmdline.txt to switch it on in")
                : new Status.Drift(changes(boot), Worst.CHANGE);
    }

    private static List<Change> changes(Boot boot) {
        List<String> missing = new ArrayList<>(ARGS);
        missing.removeAll(Boot.words(boot.atBoot()));
        return missing.stream()
                .map(arg -> new Change(boot.file(), "absent", arg))
                .toList();
    }

    /** The firmware reads one line, so the arguments go to the end of the first; whatever follows it stays. */
    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\n" + FileWrite.PUT + """
                for f in %s; do [ ! -f "$f" ] || break; done
                [ -e "$f.before-homelab" ] || cp -p "$f" "$f.before-homelab"
                line=$(head -n 1 "$f" | tr -d '\\r' | sed 's/[[:space:]]*$//')
                [ -n "$line" ] || { echo "the first line of $f is empty" >&2; exit 1; }
                for arg in %s; do
                  case " $line " in *" $arg "*) ;; *) line="$line $arg" ;; esac
                done
                { printf '%%s\\n' "$line"; tail -n +2 "$f"; } | put "$f" "$(stat -Lc %%a "$f")" ''
                """.formatted(Sh.quote(files), String.join(" ", ARGS)));
    }
}
