package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three servers in every combination of states, and {@code bootstrap --yes} each time: no second cluster comes into
 * being, and what is refused is refused before anything is touched. Run by hand; what has passed is kept in
 * {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class FoundingSoak {
    private static final SoakTable TABLE = SoakTable.of("founding");
    private static final List<String> SERVERS = List.of("vision", "jarvis", "friday");
    private static final String KEPT = "/var/lib/rancher/kept";
    private static final String DATABASE = "/var/lib/rancher/k3s/server/db/etcd";

    /** What one server is; each begins with a host that is as it was when the cluster was made, k3s stopped. */
    enum State {
        RUNS("systemctl start --no-block k3s"),
        STOPPED("true"),
        DEAD("systemctl stop ssh.socket ssh"),
        /** Its settings and its CA are there, its data is not. */
        HALF("mkdir " + KEPT + "; mv " + DATABASE + " " + KEPT),
        /** As installed anew. */
        WIPED("mkdir " + KEPT + "; cd " + KEPT + "; mv /var/lib/rancher/k3s data; mv /etc/rancher settings; "
                + "mv /etc/systemd/system/k3s.service unit; mv /usr/local/bin/k3s program; systemctl daemon-reload");

        final String deed;

        State(String deed) {
            this.deed = deed;
        }

        boolean holdsData() {
            return this == RUNS || this == STOPPED;
        }
    }

    private static final String WHOLE = """
            systemctl stop k3s; systemctl reset-failed k3s 2>/dev/null
            cd KEPT 2>/dev/null && {
              [ ! -e etcd ] || { rm -rf DATABASE; mv etcd DATABASE; }
              [ ! -e data ] || { rm -rf /var/lib/rancher/k3s; mv data /var/lib/rancher/k3s; }
              [ ! -e settings ] || { rm -rf /etc/rancher; mv settings /etc/rancher; }
              [ ! -e unit ] || mv -f unit /etc/systemd/system/k3s.service
              [ ! -e program ] || mv -f program /usr/local/bin/k3s
              cd /; rmdir KEPT; systemctl daemon-reload
            }
            systemctl start ssh
            """.replace("KEPT", KEPT).replace("DATABASE", DATABASE);

    private static Lab lab;
    private static Homelab homelab;
    private static String ca;

    @BeforeAll
    static void threeServers(Labs labs) {
        lab = labs.own("founding", "vision:server,jarvis:server,friday:server");
        homelab = InLab.user(lab, "FoundingSoak");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        ca = sumOfCa("jarvis");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static String sumOfCa(String server) {
        return lab.on(server, "sha256sum </var/lib/rancher/k3s/server/tls/server-ca.crt");
    }

    /** Each combination once; which server is in which state turns with the row. */
    static Stream<List<State>> rows() {
        List<List<State>> rows = new ArrayList<>();
        for (State a : State.values()) {
            for (State b : State.values()) {
                for (State c : State.values()) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0 && c != State.RUNS) {
                        List<State> row = new ArrayList<>(List.of(a, b, c));
                        Collections.rotate(row, rows.size() % 3);
                        rows.add(List.copyOf(row));
                    }
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void neverFoundsASecondCluster(List<State> row) throws IOException {
        String title = row.stream().map(state -> state.name().toLowerCase()).collect(Collectors.joining(" | "));
        if (TABLE.has(title)) {
            return;
        }
        prepare(row);
        long began = System.nanoTime();

        Run run = homelab.run("bootstrap", "--yes");

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        for (int i = 0; i < SERVERS.size(); i++) {
            noSecondCluster(SERVERS.get(i), row.get(i));
        }
        assertThat(run.exit()).as(run.err()).isEqualTo(expected(row));
        Told.noTrace(run.err());
        TABLE.keep("| " + title + " | " + run.exit().code() + " | " + problems(run) + " | " + seconds + " s |\n");
    }

    private static void prepare(List<State> row) {
        SERVERS.parallelStream().forEach(server -> lab.on(server, WHOLE));
        SERVERS.forEach(server -> assertThat(sumOfCa(server)).isEqualTo(ca));
        for (int i = 0; i < SERVERS.size(); i++) {
            lab.on(SERVERS.get(i), row.get(i).deed);
        }
        if (Collections.frequency(row, State.RUNS) > 1) {
            Launched.eventually(
                    "the API answers",
                    () -> lab.tried(SERVERS.get(row.indexOf(State.RUNS)), "k3s kubectl get --raw /readyz")
                                    .exit()
                            == 0);
        }
    }

    private static void noSecondCluster(String server, State state) {
        if (state.holdsData()) {
            assertThat(sumOfCa(server)).isEqualTo(ca);
        } else if (state != State.DEAD) {
            assertThat(lab.tried(server, "test -e " + DATABASE + "/member").exit())
                    .as(server + " has data that it did not have")
                    .isEqualTo(1);
        }
    }

    /**
     * A member whose seat is taken cannot simply join; without a quorum nothing can be done; where somebody could not
     * be looked at, that is told first.
     */
    private static Exit expected(List<State> row) {
        long holders = row.stream().filter(State::holdsData).count();
        boolean dead = row.contains(State.DEAD);
        boolean lost = row.contains(State.HALF) || row.contains(State.WIPED);
        if (holders == 0) {
            return dead ? Exit.BLIND : Exit.REFUSED;
        }
        if (holders == 1) {
            return Exit.FAILED;
        }
        return lost ? Exit.REFUSED : dead ? Exit.BLIND : Exit.DONE;
    }

    private static String problems(Run run) {
        return run.err()
                .lines()
                .filter(line -> line.startsWith("✗ ") || line.startsWith("x "))
                .map(line -> line.substring(2)
                        .replaceAll("10\\.77\\.\\d+\\.", "10.77.0.")
                        .replace(lab.name(), "home")
                        .replaceAll("/\\S+/kubeconfig", "the kubeconfig"))
                .collect(Collectors.joining("; "));
    }
}
