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
    private static final String NOTES = "ls /var/lib/homelab | grep -E '^(token-before|key-before|restart)' || :";

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

    @Test
    void theKeyOfSecretsIsRotatedAndASecretFromBeforeStillReads() {
        lab.on(Lab.SERVER, "k3s kubectl create secret generic before --from-literal=word=xyzzy");
        String start = lab.on(Lab.SERVER, "systemctl show -p InvocationID --value k3s");
        assertThat(inEtcd()).startsWith("k8s:enc:aescbc:v1:aescbckey:");

        Run rotated = homelab.run("secrets-encryption", "rotate", "--yes");

        assertThat(rotated.exit()).as(rotated.err()).isEqualTo(Exit.DONE);
        assertThat(inEtcd()).matches("(?s)k8s:enc:aescbc:v1:aescbckey-20[0-9T:Z-]*:.*");
        assertThat(lab.on(Lab.SERVER, "k3s kubectl get secret before -o 'jsonpath={.data.word}' | base64 -d"))
                .isEqualTo("xyzzy");
        assertThat(lab.on(Lab.SERVER, "systemctl show -p InvocationID --value k3s"))
                .as("a server that is alone is not started again")
                .isEqualTo(start);
        Run status = homelab.run("secrets-encryption", "status");
        assertThat(status.exit()).as(status.err()).isEqualTo(Exit.DONE);
        assertThat(status.out())
                .contains("reencrypt_finished", "0 under another, 0 in clear")
                .doesNotContain("under way");
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
    }

    /** The first bytes of a Secret as etcd holds it. */
    private static String inEtcd() {
        return lab.on(Lab.SERVER, """
                cd /var/lib/rancher/k3s/server/tls/etcd
                curl -sf --noproxy '*' --cacert server-ca.crt --cert client.crt --key client.key \
                  -d "{\\"key\\":\\"$(printf /registry/secrets/default/before | base64 -w 0)\\"}" \
                  https://127.0.0.1:2379/v3/kv/range |
                  sed 's/.*"value":"\\([^"]*\\)".*/\\1/' | base64 -d | head -c 60 | tr -cd '[:print:]'
                """);
    }

    private static String key(String node, String file) {
        return lab.on(node, "sha256sum </var/lib/rancher/k3s/" + file);
    }

    private static String token() {
        return lab.on(Lab.SERVER, "cat /var/lib/rancher/k3s/server/token").strip();
    }
}
