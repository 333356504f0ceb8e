package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 and Ctrl-C of homelab while it takes over three servers and two agents: the next run ends it, and no k3s is
 * started oftener than one run would. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class AdoptKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("adoption-killed");
    private static final String[] ADOPT = {"bootstrap", "--adopt", "--yes", "--only", "config,server,agents"};
    private static final String ADOPTED = ": k3s that others installed: ";

    enum Row {
        R1("equal", ADOPTED, "KILL"),
        R2("equal", ADOPTED, "INT"),
        R3("other settings", ADOPTED, "KILL"),
        R4("other settings", ": service k3s: ", "KILL"),
        R5("other settings", ": service k3s: ", "INT"),
        R6("other settings", ": service k3s-agent: ", "KILL"),
        R7("other settings", ": service k3s-agent: ", "INT");

        final String settings;
        final String said;
        final String signal;

        Row(String settings, String said, String signal) {
            this.settings = settings;
            this.said = said;
            this.signal = signal;
        }

        /** How often each k3s is to be started in all. */
        int starts() {
            return settings.equals("equal") ? 0 : 1;
        }

        String title() {
            String moment =
                    said.equals(ADOPTED) ? "first host taken over" : "first" + said.replace(":", "") + "restarted";
            return settings + " | " + moment.strip() + " | " + (signal.equals("KILL") ? "kill -9" : "Ctrl-C");
        }
    }

    private static Others others;

    @BeforeAll
    static void aClusterOfTheInstallScript(Labs labs) {
        others = Others.madeBy(labs, "install-script");
        others.back();
        others.written();
    }

    @AfterAll
    static void down() {
        others.lab().close();
    }

    @ParameterizedTest
    @EnumSource
    void theNextRunEndsItAndRestartsNothingTwice(Row row) {
        if (TABLE.has(row.title())) {
            return;
        }
        others.back();
        others.edit(text -> text.replaceFirst("max-pods=\\d+", row.starts() == 0 ? "max-pods=100" : "max-pods=90"));
        Map<String, Long> before = starts();
        Launched run = Launched.saying(others.user(), others.words(ADOPT));
        BooleanSupplier seen = () -> run.err().contains(row.said);
        run.until(row.title(), seen);
        run.signal(row.signal);
        Said hit = run.end();
        Map<String, Long> then = since(before);
        long began = System.nanoTime();

        Run next = goingOn();

        assertThat(next.exit()).as(next.err()).isEqualTo(Exit.DONE);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        others.done("plan", "--exit-code", "--only", "config,server,agents");
        assertThat(since(before).values()).as("%s", since(before)).containsOnly((long) row.starts());
        long left = then.values().stream().filter(count -> count < row.starts()).count();
        TABLE.keep("| " + row.title() + " | " + hit.exit() + " | " + left + " | " + seconds + " s |\n");
    }

    /** For half a minute the last run's script may still be at work on a host, and is named. */
    private static Run goingOn() {
        Run run = others.run(ADOPT);
        for (int i = 0; i < 30 && run.exit() == Exit.LOCKED; i++) {
            Launched.pause(Duration.ofSeconds(2));
            run = others.run(ADOPT);
        }
        return run;
    }

    /** How often k3s was started on each node, but for when it had ended by itself: on busy processors it loses leases. */
    private static Map<String, Long> starts() {
        Map<String, Long> starts = new TreeMap<>();
        others.nodes()
                .forEach(node -> starts.put(
                        node,
                        Long.parseLong(others.lab()
                                .on(
                                        node,
                                        "journalctl -q -t systemd -u k3s -u k3s-agent -o cat"
                                                + " | awk '/^Starting /{n++} /: Scheduled restart job/{n--} END{print n + 0}'")
                                .strip())));
        return starts;
    }

    private static Map<String, Long> since(Map<String, Long> before) {
        Map<String, Long> since = new TreeMap<>();
        starts().forEach((node, count) -> since.put(node, count - before.get(node)));
        return since;
    }
}
