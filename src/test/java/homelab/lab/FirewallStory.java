package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody locks himself out, and is let in again: by the client, by the host's timer, and at the host's boot. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class FirewallStory {
    private static Lab lab;
    private static Homelab homelab;
    private static LockOutTrial trial;

    @BeforeAll
    static void bareHosts(Lab shared, Homelab user) {
        lab = shared.bare();
        homelab = user;
        lab.used();
        trial = new LockOutTrial(lab, homelab);
    }

    private static Run firewall(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "firewall";
        System.arraycopy(words, 0, all, 1, words.length);
        return homelab.run(all);
    }

    @Test
    @Order(1)
    void isTakenBackByTheClientThatSeesIt() {
        assertThat(trial.of(LockOut.NODES, LockOutTrial.End.LIVES).by()).isEqualTo("client");
    }

    @Test
    @Order(2)
    void isTakenBackAtBootWhenTheHostWentDown() {
        assertThat(trial.of(LockOut.NEW_REFUSED, LockOutTrial.End.RESTARTED).by())
                .isEqualTo("boot");
    }

    @Test
    @Order(3)
    void isTakenBackByTheHostWhenTheClientIsGone() {
        assertThat(trial.of(LockOut.ALL_REFUSED, LockOutTrial.End.KILLED).by()).isEqualTo("timer");
    }

    /** What has begun is brought to its end, its confirmation too, and nothing more begins. */
    @Test
    @Order(4)
    void leavesNothingUnconfirmedWhenItIsInterrupted() {
        String waits = "test -e /var/lib/homelab/firewall/unconfirmed";
        Launched client = Launched.homelab(homelab, "firewall", "apply", "--yes");
        client.until("a change is begun", () -> lab.tried(Lab.SERVER, waits).exit() == 0);

        Said said = client.signal("INT").end();

        assertThat(said.exit()).as(said.err()).isEqualTo(Exit.INTERRUPTED.code());
        assertThat(said.err()).contains("what has begun is brought to its end first");
        for (String node : lab.nodeNames()) {
            assertThat(lab.tried(node, waits).exit()).as(node).isEqualTo(1);
        }
        Run rest = firewall("plan", "--exit-code");
        assertThat(rest.exit()).as(rest.out()).isEqualTo(Exit.TO_DO);
        Run applied = firewall("apply", "--yes");
        assertThat(applied.exit()).as(applied.err()).isEqualTo(Exit.DONE);
        trial.reset();
    }

    @Test
    @Order(5)
    void isAppliedShownAndRolledBack() {
        lab.on(Lab.AGENT, "ufw allow 9100/tcp comment theirs");
        Run applied = firewall("apply", "--yes");
        assertThat(applied.exit()).as(applied.err()).isEqualTo(Exit.DONE);
        assertThat(applied.err()).contains("ultron\tjarvis\t10250/tcp (kubelet)\tnobody listens\tnobody listens");
        assertThat(firewall("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
        Run shown = firewall("show");
        assertThat(shown.out())
                .contains("UFW is on, at boot on", "allow 9100/tcp from anywhere (theirs)")
                .contains("here\tjarvis\t22/tcp (SSH)\topen");

        for (String flushed : java.util.List.of("ufw-user-input", "INPUT")) {
            lab.on(Lab.SERVER, "iptables -P INPUT ACCEPT; iptables -F " + flushed);
            assertThat(firewall("plan").out()).as(flushed).contains("firewall now: off");
            Run mended = firewall("apply", "--yes");
            assertThat(mended.exit()).as(mended.err()).isEqualTo(Exit.DONE);
        }

        Run narrowed =
                homelab.where(lab.lan(), lab.lan().replace(".0/24", ".8/29")).run("firewall", "apply", "--yes");
        assertThat(narrowed.exit()).as(narrowed.err()).isEqualTo(Exit.REFUSED);
        assertThat(narrowed.err()).contains("would shut out an SSH session that is open now");

        Run back = firewall("rollback", "--yes");
        assertThat(back.exit()).as(back.err()).isEqualTo(Exit.DONE);
        assertThat(firewall("rollback", "--yes").out()).contains("nothing to do");
        trial.reset();
    }
}
