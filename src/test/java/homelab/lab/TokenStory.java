package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
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
        assertThat(lab.on(Lab.SERVER, "cat /var/lib/homelab/snapshots/before-jarvis-*/token")
                        .strip())
                .isEqualTo(before);
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
        lab.on(Lab.AGENT, "systemctl restart k3s-agent && systemctl is-active k3s-agent");
    }

    @Test
    void certificatesGetNewKeysAndSoDoesTheUsersAccess() throws IOException {
        Run nothing = homelab.run("certs", "renew", "--yes");
        assertThat(nothing.exit()).as(nothing.err()).isEqualTo(Exit.DONE);
        assertThat(nothing.err()).contains("no certificate ends within 120 days");
        String server = key(Lab.SERVER, "server/tls/client-admin.key");
        String agent = key(Lab.AGENT, "agent/client-kubelet.key");

        Run renewed = homelab.run("certs", "renew", "--force", "--yes");

        assertThat(renewed.exit()).as(renewed.err()).isEqualTo(Exit.DONE);
        assertThat(key(Lab.SERVER, "server/tls/client-admin.key")).isNotEqualTo(server);
        assertThat(key(Lab.AGENT, "agent/client-kubelet.key")).isNotEqualTo(agent);
        assertThat(Files.readString(homelab.kubeconfig()))
                .contains(lab.on(Lab.SERVER, "base64 -w0 /var/lib/rancher/k3s/server/tls/client-admin.crt")
                        .strip());
        assertThat(homelab.run("certs", "show").out()).contains("agent/client-kubelet.crt", "signs others");
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
    }

    private static String key(String node, String file) {
        return lab.on(node, "sha256sum </var/lib/rancher/k3s/" + file);
    }

    private static String token() {
        return lab.on(Lab.SERVER, "cat /var/lib/rancher/k3s/server/token").strip();
    }
}
