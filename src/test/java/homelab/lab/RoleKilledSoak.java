package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * homelab is killed while two agents become servers, and while they become agents again: the same command again ends it, and
 * no write that was acknowledged is lost. Each row goes on with the cluster of the one before; run by hand, whole.
 */
@ExtendWith(InLab.class)
@Timeout(900)
class RoleKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("role-killed");
    private static final String GET = "k3s kubectl get node ultron ";

    /** Seen on jarvis by a script that says yes; {@code never} for a run that nobody kills. */
    enum Row {
        PROMOTED("promote", "never"),
        DEMOTED("demote", "never"),
        PROMOTE_CLOSED("promote", GET + "-o jsonpath={.spec.unschedulable} | grep -q true"),
        DEMOTE_CLOSED("demote", GET + "-o jsonpath={.spec.unschedulable} | grep -q true"),
        PROMOTE_GONE("promote", GET + "2>&1 | grep -q NotFound"),
        DEMOTE_GONE("demote", GET + "2>&1 | grep -q NotFound"),
        PROMOTE_BACK(
                "promote", GET + "2>&1 | grep -q NotFound && until " + GET + ">/dev/null 2>&1; do sleep 0.2; done"),
        DEMOTE_BACK("demote", GET + "2>&1 | grep -q NotFound && until " + GET + ">/dev/null 2>&1; do sleep 0.2; done");

        final String verb;
        final String seen;

        Row(String verb, String seen) {
            this.verb = verb;
            this.seen = seen;
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void oneServerAndTwoAgents(Labs labs) {
        lab = labs.own("roles", "jarvis:server,ultron:agent,vision:agent");
        homelab = InLab.user(lab, "RoleKilledSoak");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        lab.on("jarvis", "k3s kubectl create deployment web --image=busybox:1 --replicas=2 -- sleep 9999");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    /** The inventory is written anew for each run, so it has to be told what roles there are. */
    private static Homelab ofThreeServers() {
        return homelab.where(lab.address("ultron") + ", role: agent", lab.address("ultron") + ", role: server")
                .where(lab.address("vision") + ", role: agent", lab.address("vision") + ", role: server");
    }

    @ParameterizedTest
    @EnumSource
    void theSameCommandAgainEndsIt(Row row) throws Exception {
        boolean promotes = row.verb.equals("promote");
        Homelab before = promotes ? homelab : ofThreeServers();
        String[] words = {row.verb, "ultron", "vision", "--yes"};
        Writers writers = Writers.begin(before, List.of(lab.address("jarvis")), "roles-" + row.ordinal());
        int killed = row.seen.equals("never") ? 0 : killed(before, words, row.seen);
        long began = System.nanoTime();

        Run run = before.run(words);

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Writers.Seen seen = writers.end();
        TABLE.keep("| " + row.name().toLowerCase().replace('_', ' ') + " | " + killed + " | " + run.exit() + " | "
                + seconds + " s | " + seen.cells() + " |\n");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(seen.lost()).isZero();
        String written = Files.readString(inventory(before));
        assertThat(written)
                .contains(lab.address("ultron") + ", role: " + (promotes ? "server" : "agent"))
                .contains(lab.address("vision") + ", role: " + (promotes ? "server" : "agent"));
        Homelab after = promotes ? ofThreeServers() : homelab;
        assertThat(after.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        Run plan = after.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on("jarvis", "k3s kubectl get nodes -l node-role.kubernetes.io/etcd=true --no-headers"))
                .hasLineCount(promotes ? 3 : 1);
    }

    private static Path inventory(Homelab user) throws IOException {
        return user.folder().resolve("inventory.yaml");
    }

    private static int killed(Homelab user, String[] words, String seen) {
        Launched run = Launched.homelab(user, words);
        Said moment = lab.tried("jarvis", "while [ $SECONDS -lt 100 ]; do { " + seen + "; } && exit 0; done; exit 1");
        run.signal("KILL");
        Said end = run.end();
        assertThat(moment.exit()).as("the moment was seen:\n" + end.err()).isZero();
        return end.exit();
    }
}
