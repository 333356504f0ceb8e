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
 * homelab, or the host that it reboots, is killed in the middle of {@code reboot --all}: the same command again ends with both
 * nodes in service, and boots none twice that was through. Run by hand; what has passed is kept in {@code target/soak} and
 * not run again.
 */
@ExtendWith(InLab.class)
@Timeout(1200)
class RebootKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("reboot-killed");
    private static final String CLOSED = "k3s kubectl get node NODE -o jsonpath={.spec.unschedulable} | grep -q true";
    private static final String MARKED =
            "k3s kubectl get node NODE -o jsonpath={.metadata.annotations} | grep -q homelab/reboot";

    private static final String ANSWERS = "timeout 1 bash -c 'exec 3<>/dev/tcp/ultron/22' 2>/dev/null";
    /** Twice, since on a busy machine one second may be too short. */
    private static final String AWAY = "! " + ANSWERS + " && ! " + ANSWERS;

    /** Seen on a host by a script that says yes. */
    enum Moment {
        MARKED_BOTH(MARKED.replace("NODE", "jarvis") + " && " + MARKED.replace("NODE", "ultron")),
        AGENT_CLOSED(CLOSED.replace("NODE", "ultron")),
        AGENT_AWAY(AWAY),
        AGENT_BACK(AWAY + " && until " + ANSWERS + "; do :; done"),
        SERVER_CLOSED(CLOSED.replace("NODE", "jarvis"));

        final String seen;

        Moment(String seen) {
            this.seen = seen;
        }
    }

    enum Row {
        R1(Moment.MARKED_BOTH, "KILL"),
        R2(Moment.AGENT_CLOSED, "KILL"),
        R3(Moment.AGENT_AWAY, "KILL"),
        R4(Moment.AGENT_BACK, "KILL"),
        R5(Moment.SERVER_CLOSED, "KILL"),
        R6(Moment.AGENT_CLOSED, "INT"),
        R7(Moment.AGENT_AWAY, "INT"),
        R8(Moment.AGENT_CLOSED, "ultron"),
        R9(Moment.AGENT_BACK, "ultron"),
        R10(Moment.SERVER_CLOSED, "jarvis");

        final Moment moment;
        final String signal;

        Row(Moment moment, String signal) {
            this.moment = moment;
            this.signal = signal;
        }

        String title() {
            String how = signal.equals("KILL") ? "kill -9" : signal.equals("INT") ? "Ctrl-C" : signal + " killed";
            return moment.name().toLowerCase().replace('_', ' ') + " | " + how;
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aPair(Labs labs) {
        lab = labs.own("reboots", "jarvis:server,ultron:agent");
        homelab = InLab.user(lab, "RebootKilledSoak");
        done(homelab.run("bootstrap", "--yes"));
        lab.on("jarvis", "k3s kubectl create deployment web --image=busybox:1 --replicas=2 -- sleep 9999");
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
    void theSameCommandAgainEndsIt(Row row) {
        if (TABLE.has(row.title())) {
            return;
        }
        String[] reboot = {"reboot", "--all", "--yes"};
        Launched run = Launched.homelab(homelab, reboot);
        Said seen = lab.tried(
                "jarvis", "while [ $SECONDS -lt 100 ]; do { " + row.moment.seen + "; } && exit 0; done; exit 1");
        kill(row, run);
        Said killed = run.end(Duration.ofMinutes(12));
        assertThat(seen.exit()).as("the moment was seen:\n" + killed.err()).isZero();
        long began = System.nanoTime();

        Run again = homelab.run(reboot);
        for (int i = 0; i < 3 && again.exit() == Exit.BLIND; i++) {
            again = homelab.run(reboot); // a host that was killed takes its time
        }
        done(again);

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        String nodes = lab.on(
                "jarvis",
                "k3s kubectl get nodes -o jsonpath='{range .items[*]}{.spec.unschedulable}{.metadata.annotations.homelab/reboot}{end}'");
        assertThat(nodes).as("both are in service").isEmpty();
        assertThat(lab.on("jarvis", "k3s kubectl get nodes --no-headers"))
                .hasLineCount(2)
                .doesNotContain("NotReady");
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        TABLE.keep("| " + row.title() + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    private static void kill(Row row, Launched run) {
        if (row.signal.equals("KILL") || row.signal.equals("INT")) {
            run.signal(row.signal);
        } else {
            lab.kill(row.signal);
            lab.start(row.signal); // homelab goes on, or ends by itself
        }
    }
}
