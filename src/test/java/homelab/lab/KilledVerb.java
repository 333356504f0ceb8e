package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A verb that is killed on a cluster of two Pis: what it needs, and what must be so when it has ended. */
enum KilledVerb {
    TOKEN("token rotate") {
        @Override
        void ended(Lab lab, Homelab user) {
            String password = " | sed 's/^K10[0-9a-f]*::[a-z]*://'";
            assertThat(lab.on("ultron", "cat /etc/rancher/k3s/token" + password))
                    .isEqualTo(lab.on("jarvis", "cat /var/lib/rancher/k3s/server/token" + password));
            lab.on("ultron", "systemctl restart k3s-agent && systemctl is-active k3s-agent");
            nothingNoted(lab);
        }
    },
    CERTS("certs renew --force") {
        @Override
        void ended(Lab lab, Homelab user) throws IOException {
            assertThat(Files.readString(user.kubeconfig()))
                    .contains(lab.on("jarvis", "base64 -w0 /var/lib/rancher/k3s/server/tls/client-admin.crt")
                            .strip());
            nothingNoted(lab);
        }
    },
    KEY("secrets-encryption rotate") {
        @Override
        void before(Lab lab, Homelab user) {
            lab.on("jarvis", "k3s kubectl create secret generic word --from-literal=word=xyzzy 2>/dev/null || :");
        }

        @Override
        void ended(Lab lab, Homelab user) {
            assertThat(lab.on("jarvis", "k3s kubectl get secret word -o 'jsonpath={.data.word}' | base64 -d"))
                    .isEqualTo("xyzzy");
            assertThat(user.run("secrets-encryption", "status").out())
                    .contains("0 under another, 0 in clear")
                    .doesNotContain("under way");
            nothingNoted(lab);
        }
    },
    BACKUP("backup run") {
        @Override
        Homelab user(Homelab homelab) {
            Path password = homelab.folder().resolve("backup-password");
            String section =
                    "backup: {to: \"jarvis:/srv/backup\", password: {file: " + password + "}, volumes: [saved]}\n";
            return homelab.where("nodes:\n", section + "nodes:\n");
        }

        @Override
        void before(Lab lab, Homelab user) throws IOException {
            Path password = Files.writeString(user.folder().resolve("backup-password"), "correct horse\n");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            madeAnew(user);
            lab.on("jarvis", "rm -rf /srv/backup");
            BackupStory.deploy(lab);
        }

        @Override
        void ended(Lab lab, Homelab user) {
            assertThat(lab.on("jarvis", "k3s kubectl -n saved get deployment app -o jsonpath='{.spec.replicas}'"))
                    .as("it runs again")
                    .isEqualTo("1");
            assertThat(user.run("backup", "drill", "saved/data").out()).contains(": whole.");
        }
    },
    UPGRADE("upgrade --to v1.34.3+k3s1") {
        @Override
        void before(Lab lab, Homelab user) {
            madeAnew(user);
        }

        @Override
        void ended(Lab lab, Homelab user) {
            assertThat(lab.on(
                            "jarvis", "k3s kubectl get nodes -o jsonpath='{.items[*].status.nodeInfo.kubeletVersion}'"))
                    .isEqualTo("v1.34.3+k3s1 v1.34.3+k3s1");
        }

        @Override
        Homelab after(Homelab user) {
            return user.where("v1.33.4+k3s1", "v1.34.3+k3s1");
        }
    },
    ETCD("promote jarvis --to-etcd") {
        @Override
        Homelab user(Homelab homelab) {
            return homelab.where("cluster-init: true", "cluster-init: false");
        }

        @Override
        void before(Lab lab, Homelab user) {
            madeAnew(user);
            lab.on("jarvis", """
                    ls /var/lib/rancher/k3s/server/db/state.db
                    k3s kubectl create configmap word --from-literal=word=xyzzy
                    """);
        }

        @Override
        void ended(Lab lab, Homelab user) {
            assertThat(lab.on("jarvis", "ls /var/lib/rancher/k3s/server/db")).contains("etcd", "state.db.migrated");
            assertThat(lab.on("jarvis", "ls /etc/systemd/system/k3s.service.d /var/lib/homelab"))
                    .doesNotContain("to-etcd");
            assertThat(lab.on("jarvis", "k3s kubectl get configmap word -o 'jsonpath={.data.word}'"))
                    .isEqualTo("xyzzy");
        }

        @Override
        Homelab after(Homelab user) {
            return user.where("cluster-init: false", "cluster-init: true");
        }
    };

    private final String command;

    KilledVerb(String command) {
        this.command = command;
    }

    String[] words() {
        return (command + " --yes").split(" ");
    }

    /** Whoever types it, with the inventory that it needs. */
    Homelab user(Homelab homelab) {
        return homelab;
    }

    /** What has to be so before each run. */
    void before(Lab lab, Homelab user) throws IOException {}

    abstract void ended(Lab lab, Homelab user) throws IOException;

    /** The user once it has ended. */
    Homelab after(Homelab user) {
        return user;
    }

    @Override
    public String toString() {
        return command;
    }

    private static void madeAnew(Homelab user) {
        for (Run run :
                new Run[] {user.run("reset", "--all", "--cluster", user.lab().name()), user.run("bootstrap", "--yes")
                }) {
            assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        }
    }

    private static void nothingNoted(Lab lab) {
        for (String node : lab.nodeNames()) {
            assertThat(lab.on(node, "ls /var/lib/homelab | grep -E '^(token-before|key-before|restart)' || :"))
                    .isBlank();
        }
    }
}
