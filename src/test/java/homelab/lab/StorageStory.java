package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** From two bare hosts to storage and Argo CD in one run; then what Longhorn keeps. It is the lab's double. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class StorageStory {
    private static WholeCluster whole;
    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterWithStorage(WholeCluster shared) {
        whole = shared;
        lab = whole.lab();
        homelab = whole.homelab();
    }

    @Test
    @Order(1)
    void saysWhatLonghornIsToldAndWhyBeforeThereIsACluster() {
        assertThat(whole.planned().out()).contains("release longhorn-system/longhorn", "release argocd/argo-cd");
    }

    @Test
    @Order(2)
    void endsWithStorageAndArgoCdAndNothingLeftToDo() {
        Run run = whole.bootstrapped();

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(kubectl("get csinodes -o jsonpath='{.items[*].spec.drivers[*].name}'"))
                .isEqualTo("driver.longhorn.io driver.longhorn.io");
        assertThat(kubectl("get daemonset longhorn-manager -n longhorn-system"
                        + " -o jsonpath='{.metadata.annotations.homelab/test-volume}'"))
                .isEqualTo("1.11.2 jarvis,ultron");
        assertThat(kubectl("get nodes.longhorn.io -n longhorn-system -o jsonpath='{.items[*].spec.disks.*.path}'"))
                .isEqualTo(WholeCluster.DISK + " " + WholeCluster.DISK);
        assertThat(kubectl(
                        "get application root -n argocd -o jsonpath='{.status.sync.status} {.status.health.status}'"))
                .isEqualTo("Synced Healthy");
        assertThat(kubectl("get configmap note -o jsonpath='{.data.from}'")).isEqualTo("Git");
    }

    @Test
    @Order(3)
    void triesAVolumeOnBothNodesByRequest() {
        Run run = homelab.run("storage", "test", "--backup");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out().replace("\t", " ").lines().map(line -> line.replaceFirst(" \\d+$", "")))
                .containsExactly(
                        "bind -",
                        "write jarvis",
                        "detach jarvis",
                        "backup -",
                        "read ultron",
                        "detach ultron",
                        "delete -");
        assertThat(kubectl("get pvc,pod,backups.longhorn.io,backupvolumes.longhorn.io -A -o name"))
                .doesNotContain("homelab-test", "backup");
        assertThat(lab.on(Lab.SERVER, "ls /var/lib/longhorn/double/backupstore 2>/dev/null || :"))
                .isEmpty();
    }

    private static final String CLAIM = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: kept}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 16Mi}}}
            """;

    @Test
    @Order(4)
    void showsAndMendsASecondDefaultClassAndAnEditedManager() {
        String key = "storageclass.kubernetes.io/is-default-class";
        kubectl("annotate --overwrite storageclass local-path " + key + "=true");
        kubectl("scale -n longhorn-system deployment/longhorn-ui --replicas=3");

        Run plan = homelab.run("plan");
        assertThat(plan.out())
                .contains("StorageClass local-path: default → not default", "Deployment longhorn-system/longhorn-ui");
        Run run = homelab.run("addons", "apply", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(5)
    void refusesMoreReplicasThanThereAreNodesThatStoreData() throws IOException {
        Path three = Files.writeString(
                homelab.folder().resolve("three.yaml"), "persistence: {defaultClassReplicaCount: 3}\n");

        Told.problem(
                homelab.where(WholeCluster.VALUES, three.toString()).run("bootstrap", "--yes"),
                Exit.REFUSED,
                "addons.longhorn wants 3 replicas, and 2 nodes store data",
                "every volume would stay degraded",
                "persistence.defaultClassReplicaCount: 2");
    }

    @Test
    @Order(6)
    void tellsWhereDataLiesAndWhatIsMissing() {
        lab.on(Lab.SERVER, "k3s kubectl apply -f - <<'E'\n" + CLAIM + "E");
        kubectl("wait --for=jsonpath='{.status.phase}'=Bound pvc/kept --timeout=60s");
        Run well = homelab.run("storage", "--exit-code");
        assertThat(well.exit()).as(well.err()).isEqualTo(Exit.DONE);
        assertThat(well.out().replace("\t", " ").lines())
                .anyMatch(
                        line -> line.startsWith("default/kept longhorn") && line.endsWith("2/2 jarvis ultron survives"))
                .endsWith("the loss of any one node takes no data of these");

        kubectl("-n longhorn-system patch volumes.longhorn.io --type=merge -p '{\"spec\":{\"numberOfReplicas\":3}}'"
                + " $(k3s kubectl get pvc kept -o jsonpath={.spec.volumeName})");

        Run degraded = homelab.run("storage", "--exit-code");
        assertThat(degraded.exit()).isEqualTo(Exit.FAILED);
        assertThat(degraded.out()).contains("with fewer copies than asked for: default/kept");
        kubectl("delete pvc kept --wait=false");
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }
}
