package homelab.doctor.k3s;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** K3S-008: what is secret of k3s is readable for root alone, and Secrets are encrypted where they are kept. */
final class KeptFiles implements HostCheck<KeptFiles.Seen> {

    /**
     * @param secret lines "MODE OWNER FILE"
     * @param etcd the mode of etcd's folder; empty without one
     * @param provider by which Secrets are written: "aescbc", "secretbox"; "identity" or empty where they are not encrypted
     */
    record Seen(List<String> secret, String etcd, String provider) {}

    /** Modes alone, and of the encryption's settings the first provider's name alone. */
    private static final Probe<Seen> PROBE = Probe.of("doctor:k3s-modes", """
            cd /var/lib/rancher/k3s 2>/dev/null || { echo 'k3s has no data here'; exit 1; }
            for file in /etc/rancher/k3s/k3s.yaml /etc/rancher/k3s/token /etc/rancher/node/password server/token \\
              server/agent-token server/tls/*.key server/tls/etcd/*.key server/cred/* agent/*.key agent/*.kubeconfig; do
              [ ! -f "$file" ] || stat -L -c '%a %U %n' "$file"
            done
            grep -qs '^ *token *:' /etc/rancher/k3s/config.yaml && stat -L -c '%a %U %n' /etc/rancher/k3s/config.yaml
            [ ! -d server/db/etcd ] || echo "etcd $(stat -c %a server/db/etcd)"
            if [ -f server/cred/encryption-config.json ]; then
              echo "provider $(tr -d ' \\n' <server/cred/encryption-config.json | sed -n 's/.*"providers":\\[{"\\([a-z]*\\)".*/\\1/p')"
            fi
            :
            """, KeptFiles::parse);

    @Override
    public String id() {
        return "K3S-008";
    }

    @Override
    public Probe<Seen> probe(Node node) {
        return PROBE;
    }

    private static Seen parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<String> secret = new ArrayList<>();
        String etcd = "";
        String provider = "";
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ", 3);
            if (words.length == 2 && words[0].equals("etcd")) {
                etcd = words[1];
            } else if (words.length == 2 && words[0].equals("provider")) {
                provider = words[1];
            } else if (words.length == 3) {
                secret.add(line.strip());
            }
        }
        return new Seen(secret, etcd, provider);
    }

    @Override
    public Finding judge(House house, Node node, Seen seen) {
        String name = node.name().text();
        if (seen.secret().isEmpty()) {
            return unknown(name, "none of k3s's files were found");
        }
        List<String> open = seen.secret().stream().filter(KeptFiles::isOpen).toList();
        if (!open.isEmpty()) {
            return fail(name, "others than root may read what is secret")
                    .by(open)
                    .fix("sudo chown root " + file(open.get(0)) + " && sudo chmod 600 " + file(open.get(0)));
        }
        boolean encrypted = !seen.provider().isEmpty() && !seen.provider().equals("identity");
        if (node.isServer() && !encrypted && house.cluster().k3s().secretsEncryption()) {
            return fail(name, "Secrets are not encrypted, and the inventory says they are")
                    .fix("homelab secrets-encryption enable");
        }
        return told(node, seen, encrypted);
    }

    private Finding told(Node node, Seen seen, boolean encrypted) {
        String name = node.name().text();
        if (!seen.etcd().isEmpty() && !seen.etcd().equals("700")) {
            return warn(name, "etcd's folder is open to others")
                    .by("mode " + seen.etcd() + ", 700 is right")
                    .fix("sudo chmod 700 /var/lib/rancher/k3s/server/db/etcd");
        }
        return node.isServer() && !encrypted
                ? warn(name, "Secrets are kept in clear")
                        .fix("homelab secrets-encryption enable tells what this cluster's k3s can do; for the next one:"
                                + " k3s.secrets-encryption: true")
                : pass(name, "what is secret is kept so").by(seen.secret().size() + " files");
    }

    /** Anything but root's own reading and writing. */
    private static boolean isOpen(String line) {
        String[] words = line.split(" ", 3);
        return !words[1].equals("root") || !words[0].matches("0?[0-7]00");
    }

    private static String file(String line) {
        String path = line.split(" ", 3)[2];
        return path.startsWith("/") ? path : "/var/lib/rancher/k3s/" + path;
    }
}
