package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of homelab while the agent of two Pis is removed, in the midst of its emptying and behind each deed: the next
 * {@code remove-node --yes} ends with a node and a host as after a run that nobody killed. Run by hand; what has passed is
 * kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class RemoveKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("remove-killed");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String SLOW = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: slow, namespace: default}
            spec:
              replicas: 2
              selector: {matchLabels: {app: slow}}
              template:
                metadata: {labels: {app: slow}}
                spec:
                  terminationGracePeriodSeconds: 4
                  affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
                    {weight: 100, preference: {matchExpressions: [
                      {key: kubernetes.io/hostname, operator: In, values: [ultron]}]}}]}}
                  containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '9999']}]
            """;

    /** What the journal says has been done last. */
    enum Moment {
        EMPTYING(""),
        EMPTIED("pods of ultron"),
        FORGOTTEN("member ultron"),
        STOPPED("k3s and its pods"),
        PACKET_RULES_GONE("packet rules"),
        HARDENING_GONE("no harden reaper"),
        FIREWALL_AS_BEFORE("firewall as before"),
        DATA_GONE("data of k3s"),
        PROGRAMS_GONE("programs of k3s"),
        NAMES_GONE("block nodes in /etc/hosts"),
        FILES_GONE("files of homelab");

        final String step;

        Moment(String step) {
            this.step = step;
        }

        String title() {
            return name().toLowerCase().replace('_', ' ');
        }
    }

    private static Lab lab;
    private static Homelab homelab;
    private static Traces bare;

    @BeforeAll
    static void twoHosts(Labs labs) {
        lab = labs.own("removed", "jarvis:server,ultron:agent");
        homelab = InLab.user(lab, "RemoveKilledSoak");
        bare = Traces.of(lab, Lab.AGENT);
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static void done(Run run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
    }

    @ParameterizedTest
    @EnumSource
    void endsWhereARunEndsThatNobodyKilled(Moment moment) {
        if (TABLE.has(moment.title())) {
            return;
        }
        done(homelab.run("bootstrap", "--yes"));
        slowPodsOnTheAgent();
        Optional<Path> before = newest();
        Launched run = Launched.homelab(homelab, "remove-node", Lab.AGENT, "--yes");
        Launched.eventually(moment.title(), SOON, () -> isSeen(moment, before));
        run.signal("KILL");
        Said killed = run.end();
        String node = node();
        long began = System.nanoTime();

        done(Interruption.goingOn(homelab, "remove-node", Lab.AGENT, "--yes"));

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(homelab.run("remove-node", Lab.AGENT, "--yes").out()).startsWith("nothing to do: ");
        assertThat(Pods.kubectl(lab, "get nodes -o name")).isEqualTo("node/jarvis");
        assertThat(Traces.of(lab, Lab.AGENT).beyond(bare)).isEmpty();
        Pods.kubectl(lab, "rollout status deployment/slow --timeout=60s");
        TABLE.keep("| " + moment.title() + " | " + node + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    private static void slowPodsOnTheAgent() {
        Pods.kubectl(lab, "delete deployment slow --ignore-not-found --wait=true");
        Pods.kubectl(lab, "apply -f - <<'Y'\n" + SLOW + "Y\n");
        Pods.kubectl(lab, "rollout status deployment/slow --timeout=60s");
    }

    /** "Ready", "Ready,SchedulingDisabled", "NotReady" or "gone". */
    private static String node() {
        String line = Pods.kubectl(lab, "get node ultron --no-headers --ignore-not-found");
        return line.isEmpty() ? "gone" : line.split(" +")[1];
    }

    private static boolean isSeen(Moment moment, Optional<Path> before) {
        if (moment == Moment.EMPTYING) {
            return node().endsWith("SchedulingDisabled");
        }
        return newest().filter(file -> !before.equals(Optional.of(file)))
                .map(RemoveKilledSoak::text)
                .filter(text -> text.lines()
                        .anyMatch(line -> line.contains("\"done\"") && line.contains(": " + moment.step + "\"")))
                .isPresent();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal of the newest run. */
    private static Optional<Path> newest() {
        Path folder = Path.of(homelab.env().get("XDG_STATE_HOME"), "homelab", lab.name());
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("remove-node.jsonl"))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
