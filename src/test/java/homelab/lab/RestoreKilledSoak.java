package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * homelab, or the host that it works on, is killed in the middle of a restore: the same command again ends with the
 * cluster of the snapshot, every server in it, and nothing left to do. Run by hand; what has passed is kept in
 * {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class RestoreKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("restore-killed");
    private static final String FIRST = "jarvis";
    private static final String NOTE = "/var/lib/homelab/restore";

    /** Seen on a host by a script that says yes. */
    enum Moment {
        STOPPED(FIRST, "grep -qx stopped " + NOTE),
        ASIDE("friday", "grep -qx aside " + NOTE),
        RESETTING(FIRST, "pgrep -f 'k3s server.*cluster-reset' >/dev/null"),
        RESTORED(FIRST, "grep -qx restored " + NOTE),
        STARTING(FIRST, "grep -qx restored " + NOTE + " && [ \"$(systemctl is-active k3s)\" = activating ]"),
        JOINING("friday", "grep -qx aside " + NOTE + " && [ \"$(systemctl is-active k3s)\" = activating ]");

        final String node;
        final String seen;

        Moment(String node, String seen) {
            this.node = node;
            this.seen = seen;
        }
    }

    enum Row {
        ONE_1(1, Moment.STOPPED, "KILL"),
        ONE_2(1, Moment.RESETTING, "KILL"),
        ONE_3(1, Moment.RESETTING, "INT"),
        ONE_4(1, Moment.RESETTING, "HOST"),
        ONE_5(1, Moment.RESTORED, "KILL"),
        ONE_6(1, Moment.STARTING, "KILL"),
        ONE_7(1, Moment.STARTING, "HOST"),
        THREE_1(3, Moment.STOPPED, "KILL"),
        THREE_2(3, Moment.ASIDE, "KILL"),
        THREE_3(3, Moment.RESETTING, "KILL"),
        THREE_4(3, Moment.RESTORED, "KILL"),
        THREE_5(3, Moment.JOINING, "KILL"),
        THREE_6(3, Moment.JOINING, "HOST");

        final int servers;
        final Moment moment;
        final String signal;

        Row(int servers, Moment moment, String signal) {
            this.servers = servers;
            this.moment = moment;
            this.signal = signal;
        }

        String title() {
            String how = signal.equals("KILL") ? "kill -9" : signal.equals("INT") ? "Ctrl-C" : moment.node + " killed";
            return servers + (servers == 1 ? " server | " : " servers | ")
                    + moment.name().toLowerCase() + " | " + how;
        }
    }

    private static Lab lab;
    private static Homelab homelab;
    private static int servers;

    @BeforeAll
    static void aPair(Labs labs) {
        lab = labs.own("restores", "jarvis:server,ultron:agent,friday:server,edith:server");
        homelab = InLab.user(lab, "RestoreKilledSoak")
                .where("  friday: {", "  # friday: {")
                .where("  edith: {", "  # edith: {");
        done(homelab.run("bootstrap", "--yes"));
        servers = 1;
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static void done(Run run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
    }

    private static String kubectl(String words) {
        return lab.on(FIRST, "k3s kubectl " + words);
    }

    @ParameterizedTest
    @EnumSource
    void theSameCommandAgainEndsIt(Row row) {
        if (TABLE.has(row.title())) {
            return;
        }
        with(row.servers);
        kubectl("delete namespace newer --ignore-not-found");
        done(homelab.run("snapshot", "save", "row", "--node", FIRST));
        kubectl("create namespace newer");
        String[] restore = {"snapshot", "restore", "row", "--cluster", lab.name()};
        Launched run = Launched.homelab(homelab, restore);
        Said seen = lab.tried(
                row.moment.node, "while [ $SECONDS -lt 100 ]; do { " + row.moment.seen + "; } && exit 0; done; exit 1");
        kill(row, run);
        Said killed = run.end();
        assertThat(seen.exit()).as("the moment was seen:\n" + killed.err()).isZero();
        long began = System.nanoTime();

        done(homelab.run(restore));

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(kubectl("get namespaces -o name")).doesNotContain("newer");
        assertThat(kubectl("get nodes --no-headers")).hasLineCount(servers + 1).doesNotContain("NotReady");
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(lab.tried(FIRST, "[ ! -e " + NOTE + " ]").exit()).isZero();
        done(homelab.run("snapshot", "delete", "row", "--cluster", lab.name()));
        TABLE.keep("| " + row.title() + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    private static void kill(Row row, Launched run) {
        if (row.signal.equals("HOST")) {
            lab.kill(row.moment.node);
            run.signal("KILL");
            lab.start(row.moment.node);
        } else {
            run.signal(row.signal);
        }
    }

    private static void with(int wanted) {
        if (wanted > servers) {
            homelab = InLab.user(lab, "RestoreKilledSoak");
            done(homelab.run("join-node", "friday", "edith", "--yes"));
            servers = wanted;
        }
    }
}
