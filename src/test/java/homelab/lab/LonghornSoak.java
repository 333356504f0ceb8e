package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Longhorn, the lab's double, installed while a node that stores data is away; then tests of a volume that are killed,
 * after which the next one clears what was left. Run by hand; what has passed is kept in {@code target/soak} and not run
 * again.
 */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class LonghornSoak {
    private static final SoakTable TABLE = SoakTable.of("longhorn");
    private static final String ON_HOMELAB = "true";

    /** The shell at work, found by the lock that it holds, with all that it started. */
    private static final String ON_SCRIPT = """
            for fd in /proc/[0-9]*/fd/9; do
              case $(readlink "$fd") in */homelab-storage-test) p=${fd#/proc/}; echo "${p%%/*}" ;; esac
            done | sort -u | xargs -r kill -9
            """;

    enum Row {
        WRITE_HOMELAB("jarvis", ON_HOMELAB, "KILL"),
        WRITE_CTRL_C("jarvis", ON_HOMELAB, "INT"),
        WRITE_SCRIPT("jarvis", ON_SCRIPT, ""),
        READ_HOMELAB("ultron", ON_HOMELAB, "KILL"),
        READ_CTRL_C("ultron", ON_HOMELAB, "INT"),
        READ_SCRIPT("ultron", ON_SCRIPT, "");

        /** When the pod of that node is there. */
        final String pod;

        final String deed;
        final String signal;

        Row(String pod, String deed, String signal) {
            this.pod = pod;
            this.deed = deed;
            this.signal = signal;
        }

        String title() {
            String who = signal.equals("KILL")
                    ? "homelab, kill -9"
                    : signal.equals("INT") ? "homelab, Ctrl-C" : "its script, kill -9";
            return (pod.equals("jarvis") ? "write" : "read") + " | " + who;
        }
    }

    private static Lab lab;
    private static Homelab bare;
    private static Homelab homelab;

    @BeforeAll
    static void twoHosts(Labs labs) throws IOException {
        lab = labs.own("longhorn", "jarvis:server,ultron:agent", "--charts=longhorn");
        bare = InLab.user(lab, "LonghornSoak");
        homelab = WholeCluster.withLonghorn(bare, "");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }

    @Test
    @Order(1)
    void installsWithOneStorageNodeAwayAndEndsWhenItIsBack() throws IOException {
        assertThat(bare.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        lab.kill(Lab.AGENT);
        // Before Kubernetes knows, pods are put on the node, and stay there for five minutes.
        kubectl("wait --for=condition=Ready=Unknown node/ultron --timeout=90s");
        long began = System.nanoTime();

        Run without = homelab.run("bootstrap", "--yes");

        String took = seconds(began);
        assertThat(without.exit()).as(without.err()).isEqualTo(Exit.BLIND);
        assertThat(without.err()).contains("✗ ultron: cannot be reached by SSH");
        lab.start(Lab.AGENT);
        Launched.eventually(
                "ultron is Ready",
                () -> kubectl("get node ultron -o jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}'")
                        .equals("True"));
        began = System.nanoTime();
        Run with = homelab.run("bootstrap", "--yes");
        assertThat(with.exit()).as(with.err()).isEqualTo(Exit.DONE);
        String again = seconds(began);
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
        assertThat(kubectl("get daemonset longhorn-manager -n longhorn-system"
                        + " -o jsonpath='{.metadata.annotations.homelab/test-volume}'"))
                .isEqualTo("1.11.2 jarvis,ultron");
        TABLE.keep("| one node away | 4 | " + told(without) + " | " + took + " | " + again + " |\n");
    }

    private static String told(Run run) {
        return run.err()
                .lines()
                .filter(line -> line.startsWith("✗ "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void theNextTestClearsWhatAKilledOneLeft(Row row) throws IOException {
        if (TABLE.has(row.title())) {
            return;
        }
        Launched run = Launched.homelab(homelab, "storage", "test");
        Said seen = lab.tried(
                Lab.SERVER,
                "for i in $(seq 1 600); do k3s kubectl -n longhorn-system get pod -l homelab/test=volume -o name |"
                        + " grep -q -- '-" + row.pod + "$' && { " + row.deed + "\nexit 0; }; done; exit 1");
        if (!row.signal.isEmpty()) {
            run.signal(row.signal);
        }
        Said killed = run.end();
        assertThat(seen.exit()).as("the step was seen:\n" + killed.err()).isZero();
        String left = left();
        String shown = homelab.run("storage").out();
        long began = System.nanoTime();

        Run next = homelab.run("storage", "test");
        boolean goesOn = next.err().contains("another test of the storage works");
        while (next.err().contains("another test of the storage works")) {
            next = homelab.run("storage", "test");
        }

        assertThat(next.exit()).as(next.err()).isEqualTo(Exit.DONE);
        Launched.eventually("nothing of it is left", () -> left().equals("nothing"));
        TABLE.keep("| " + row.title() + " | " + killed.exit() + " | " + left + " | "
                + (shown.contains("homelab-test") ? "the volume" : "none") + " | "
                + (goesOn ? "wait for its end" : "none") + " | " + seconds(began) + " |\n");
    }

    /** The kinds of what bears the test's mark or is its volume. */
    private static String left() {
        String names = kubectl(
                "get pod,pvc -n longhorn-system -l homelab/test=volume -o name;"
                        + " k3s kubectl get pv -o jsonpath='{range .items[*]}{.spec.claimRef.name} {end}' | tr ' ' '\\n' | sed -n 's,^homelab-test.*,pv/x,p'");
        String kinds = names.lines()
                .map(name -> name.replaceFirst("/.*", "")
                        .replace("persistentvolumeclaim", "claim")
                        .replace("pv", "volume"))
                .distinct()
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "nothing" : kinds;
    }

    private static String seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s";
    }
}
