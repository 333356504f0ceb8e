package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** From two bare hosts to storage and Argo CD in one run, from local charts and images; Longhorn is the lab's double. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class StorageStory {
    private static final String DISK = "/var/lib/rancher/longhorn"; // which lies on a real file system here

    private static Lab lab;
    private static Homelab homelab;
    private static Path values;

    @BeforeAll
    static void hosts(Labs labs) throws IOException {
        lab = labs.own("storage", "jarvis:server,ultron:agent", "--charts=longhorn,argo-cd");
        String charts = lab.mirror() + "/charts";
        String images = lab.state() + "/mirror/charts/";
        Homelab user = InLab.user(lab, "StorageStory");
        // The hosts share the disk of this machine, however full that is.
        values = Files.writeString(
                user.folder().resolve("longhorn.yaml"),
                "defaultSettings: {storageMinimalAvailablePercentage: \"1\"}\n");
        Path key = Files.writeString(user.folder().resolve("key"), "made-up\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        for (String host : List.of(Lab.SERVER, Lab.AGENT)) {
            lab.on(host, "mkdir -p " + DISK);
        }
        Path git = Files.createDirectories(user.folder().resolve("git/home"));
        Files.writeString(git.resolve("note.yaml"), NOTE);
        String repository = lab.repository("home");
        lab.push("home", git.getParent());
        homelab = user.where("defaults:\n", "defaults:\n  disks: [" + DISK + "]\n")
                .where("nodes:\n", """
                        addons:
                          helm: {downloads: MIRROR/helm}
                          longhorn:
                            {version: 1.11.2, repo: CHARTS, values: VALUES, images: [IMAGES/longhorn-1.11.2-images-ARCH.tar],
                             backup: {target: s3://home@lab/, access-key: {file: KEY}, secret-key: {file: KEY}}}
                          argocd: {version: 7.9.1, repo: CHARTS, images: [IMAGES/argo-cd-7.9.1-images-ARCH.tar]}
                        gitops: {repo: REPOSITORY, path: home}
                        nodes:
                        """.replace("MIRROR", lab.mirror())
                        .replace("REPOSITORY", repository)
                        .replace("CHARTS", charts)
                        .replace("KEY", key.toString())
                        .replace("VALUES", values.toString())
                        .replace("IMAGES/", images)
                        .replace("ARCH", System.getProperty("os.arch").replace("aarch64", "arm64")));
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    @Test
    @Order(1)
    void saysWhatLonghornIsToldAndWhyBeforeThereIsACluster() {
        assertThat(homelab.run("plan").out()).contains("release longhorn-system/longhorn", "release argocd/argo-cd");
    }

    @Test
    @Order(2)
    void endsWithStorageAndArgoCdAndNothingLeftToDo() {
        Run run = homelab.run("bootstrap", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
        assertThat(kubectl("get csinodes -o jsonpath='{.items[*].spec.drivers[*].name}'"))
                .isEqualTo("driver.longhorn.io driver.longhorn.io");
        assertThat(kubectl("get daemonset longhorn-manager -n longhorn-system"
                        + " -o jsonpath='{.metadata.annotations.homelab/test-volume}'"))
                .isEqualTo("1.11.2 jarvis,ultron");
        assertThat(kubectl("get nodes.longhorn.io -n longhorn-system -o jsonpath='{.items[*].spec.disks.*.path}'"))
                .isEqualTo(DISK + " " + DISK);
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

    private static final String NOTE = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: note, namespace: default}
            data: {from: Git}
            """;

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
                homelab.where(values.toString(), three.toString()).run("bootstrap", "--yes"),
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
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }
}
