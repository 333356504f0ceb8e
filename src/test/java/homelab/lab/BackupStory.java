package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume of one Pi is copied to the other by Debian's restic, tried, spoiled, and brought back into a new claim. */
@ExtendWith(InLab.class)
@Timeout(240)
class BackupStory {
    private static final String VOLUME = "/var/lib/rancher/k3s/storage/pvc-*_saved_data";
    private static final String APP = """
            k3s kubectl apply -f - >/dev/null <<'E'
            apiVersion: v1
            kind: Namespace
            metadata: {name: saved}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: saved, annotations: {homelab/backup: pause}}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 64Mi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, namespace: saved}
            spec:
              selector: {matchLabels: {app: app}}
              strategy: {type: Recreate}
              template:
                metadata: {labels: {app: app}}
                spec:
                  nodeSelector: {kubernetes.io/hostname: ultron}
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: app
                    image: busybox:1
                    imagePullPolicy: IfNotPresent
                    command: [sh, -c, "[ -f /data/kept ] || head -c 2000000 /dev/urandom >/data/kept; while :; do date >/data/now; sleep 1; done"]
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            E
            """;
    private static final String RUNS = """
            k3s kubectl -n saved rollout status deployment/app --timeout=240s || {
              k3s kubectl get pods -A -o wide
              k3s kubectl -n saved describe pod,pvc
              exit 1
            }
            """;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterWithAVolume(Lab at, Homelab user) throws IOException {
        lab = at;
        assumeTrue(
                lab.on(Lab.AGENT, "timeout 60 apt-get -q update 2>&1 | grep -q '^Err' && echo no || echo yes")
                        .contains("yes"),
                "Debian's archive, from which restic comes, cannot be reached");
        Path password = Files.writeString(user.folder().resolve("backup-password"), "correct horse\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        lab.cluster(user);
        homelab = user.where(
                "nodes:\n",
                "backup: {to: \"jarvis:/srv/backup\", password: {file: " + password + "}, volumes: [saved]}\nnodes:\n");
        deploy(lab);
    }

    /** The provisioner that makes the volume may have lost its API often in the stories before: the kubelet lets it wait then. */
    static void deploy(Lab lab) {
        lab.on(Lab.SERVER, APP);
        lab.tried(Duration.ofMinutes(5), Lab.SERVER, RUNS).ok();
    }

    @AfterAll
    static void theVolumeIsGone() {
        lab.on(Lab.SERVER, "k3s kubectl delete namespace saved --wait=false; rm -rf /srv/backup");
        lab.on(Lab.AGENT, "rm -rf /var/lib/homelab/backup");
        lab.on(Lab.SERVER, "rm -rf /var/lib/homelab/backup");
    }

    @Test
    void aVolumeIsCopiedPausedTriedAndBroughtBackIntoANewClaim() {
        assertThat(homelab.run("backup", "plan").out())
                .contains("claim saved/data", "jarvis:/srv/backup\tpaused\tnever");
        Run run = homelab.run("backup", "run", "--yes");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("backup", "list").out())
                .contains("ultron\tclaim saved/data")
                .contains("\tpaused");
        assertThat(lab.on(Lab.SERVER, "k3s kubectl -n saved get deployment app -o jsonpath='{.spec.replicas}'"))
                .as("it runs again")
                .isEqualTo("1");

        Run whole = homelab.run("backup", "drill", "saved/data");
        assertThat(whole.exit()).as(whole.out()).isEqualTo(Exit.DONE);
        assertThat(whole.out()).contains(": whole. 2 files came back, 1 of them unchanged since");
        aSpoiledCopyIsNotWhole();

        assertThat(homelab.run("backup", "restore", "saved/data", "--as", "data", "--yes")
                        .exit())
                .isEqualTo(Exit.REFUSED);
        Run back = homelab.run("backup", "restore", "saved/data", "--as", "again", "--yes");
        assertThat(back.exit()).as(back.err()).isEqualTo(Exit.DONE);
        assertThat(sum("_again")).isEqualTo(sum("_data"));
        lab.on(Lab.AGENT, "sed -i 's/^[0-9]*/1700000000/' /var/lib/homelab/backup/last");
        assertThat(homelab.run("doctor").out())
                .contains("STO-009 PersistentVolumeClaim saved/data: was not copied lately");
    }

    private static String sum(String claim) {
        return lab.on(Lab.AGENT, "sha256sum <" + VOLUME.replace("_data", claim) + "/kept");
    }

    private static void aSpoiledCopyIsNotWhole() {
        String packs = "for f in $(find /srv/backup/ultron/data -type f -size +500k); do ";
        lab.on(
                Lab.SERVER,
                packs + "cp -p $f /tmp/pack; printf spoiled | dd of=$f bs=1 seek=9999 conv=notrunc; done 2>&1");
        Run spoiled = homelab.run("backup", "drill", "saved/data");
        lab.on(Lab.SERVER, packs + "cp -p /tmp/pack $f; done");
        assertThat(spoiled.exit()).isEqualTo(Exit.FAILED);
        assertThat(spoiled.out()).contains("NOT WHOLE", "cannot be restored whole");
    }
}
