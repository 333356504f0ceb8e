package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a cluster trusts is made anew while it runs. */
@ExtendWith(InLab.class)
@Timeout(240)
class TokenStory {
    private static final String PASSWORD = " | sed 's/^K10[0-9a-f]*::[a-z]*://'";
    private static final String NOTES = "ls /var/lib/homelab | grep -E '^(token-before|restart)' || :";

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Lab at, Homelab user) {
        lab = at;
        homelab = user;
        lab.cluster(user);
    }

    @Test
    void aChangeOfTheTokenThatIsKilledIsGoneOnWithAndEndsOnAllNodes() {
        lab.on(Lab.SERVER, "k3s etcd-snapshot save --name before >/dev/null 2>&1");
        String before = homelab.run("token", "show", "--reveal").out().strip();
        Launched first = Launched.homelab(homelab, "token", "rotate", "--yes");
        first.until("the token is changed", () -> !token().equals(before));
        first.signal("KILL").end();
        String changed = token();

        Run again = homelab.run("token", "rotate", "--yes");

        assertThat(again.exit()).as(again.err()).isEqualTo(Exit.DONE);
        assertThat(token()).as("it is gone on with, and not begun anew").isEqualTo(changed);
        assertThat(lab.on(Lab.AGENT, "cat /etc/rancher/k3s/token" + PASSWORD))
                .isEqualTo(lab.on(Lab.SERVER, "cat /var/lib/rancher/k3s/server/token" + PASSWORD));
        assertThat(lab.on(Lab.SERVER, NOTES) + lab.on(Lab.AGENT, NOTES)).isBlank();
        assertThat(lab.on(Lab.SERVER, "cat /var/lib/homelab/snapshots/before-*/token")
                        .strip())
                .isEqualTo(before);
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
        lab.on(Lab.AGENT, "systemctl restart k3s-agent && systemctl is-active k3s-agent");
    }

    private static String token() {
        return lab.on(Lab.SERVER, "cat /var/lib/rancher/k3s/server/token").strip();
    }
}
