package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ChartRelease;
import homelab.model.Label;
import homelab.model.Node;
import homelab.model.SecretSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageSectionTest {
    private static final String KEYS = "access-key: {env: NAME}, secret-key: {file: key}";

    @Test
    void aBucketBecomesValuesAndASecret() {
        ChartRelease longhorn =
                longhorn("target: 's3://home@eu/cluster', endpoint: 'https://minio.example:9000', " + KEYS);

        assertThat(longhorn.values())
                .isEqualTo(Map.of(
                        "defaultBackupStore",
                        Map.of(
                                "backupTarget",
                                "s3://home@eu/cluster/",
                                "backupTargetCredentialSecret",
                                "homelab-backup-target")));
        assertThat(longhorn.secrets())
                .containsOnlyKeys("homelab-backup-target")
                .extractingByKey("homelab-backup-target")
                .isEqualTo(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        new SecretSource.FromEnv("NAME"),
                        "AWS_SECRET_ACCESS_KEY",
                        new SecretSource.FromFile(Written.PATHS.base().resolve("key")),
                        "AWS_ENDPOINTS",
                        new SecretSource.Said("https://minio.example:9000")));
    }

    @Test
    void anNfsServerIsMountedSoftUnlessSaidOtherwise() {
        assertThat(longhorn("target: 'nfs://10.0.1.50:/srv/backup'").values())
                .extractingByKey("defaultBackupStore")
                .isEqualTo(Map.of("backupTarget", "nfs://10.0.1.50:/srv/backup?nfsOptions=soft,timeo=330,retrans=3"));
        assertThat(longhorn("target: 'nfs://nas:/b', nfs-options: 'hard,vers=4.1'")
                        .values()
                        .toString())
                .contains("nfs://nas:/b?nfsOptions=hard,vers=4.1");
        assertThat(longhorn("target: 'nfs://nas:/b'").secrets()).isEmpty();
    }

    @Test
    void tellsEveryMistakeOfABackupTarget() {
        assertThat(wrong("target: 's3://home@eu/'"))
                .contains(
                        "addons.longhorn.backup.access-key is missing", "addons.longhorn.backup.secret-key is missing");
        assertThat(wrong("target: 'nfs://nas:/b', " + KEYS))
                .contains("addons.longhorn.backup.access-key says nothing here", "which asks for no key");
        assertThat(wrong("target: 's3://home@eu/', nfs-options: soft, " + KEYS))
                .contains("addons.longhorn.backup.nfs-options says nothing here");
        assertThat(wrong("target: 'https://home.example'"))
                .contains("addons.longhorn.backup.target is not a backup target", "nfs://HOST:/PATH");
        assertThat(wrong("target: 's3://home@eu/', access-key: hunter2, secret-key: {env: B}"))
                .contains("addons.longhorn.backup.access-key is not a source of a secret")
                .doesNotContain("hunter2");
        assertThat(wrong("{}")).contains("addons.longhorn.backup.target is missing");
    }

    @Test
    void disksComeFromTheNodeItsGroupsOrTheDefaultsAndMakeItStoreData() {
        List<Node> nodes = Written.read(Written.HEAD + """
                        defaults: {disks: [/srv/all]}
                        groups: {ssd: {disks: [/mnt/ssd, /mnt/ssd, /mnt/two]}}
                        nodes:
                          jarvis: {address: 10.0.1.10, role: server, disks: []}
                          ultron: {address: 10.0.1.11, role: agent, groups: [ssd]}
                          friday: {address: 10.0.1.12, role: agent}
                        """).nodes();

        assertThat(nodes)
                .extracting(Node::disks)
                .containsExactly(List.of(), List.of("/mnt/ssd", "/mnt/two"), List.of("/srv/all"));
        assertThat(nodes.get(0).labels()).isEmpty();
        assertThat(nodes.get(1).labels()).containsExactly(new Label(Node.STORES, "config"));
    }

    @Test
    void refusesAFolderThatIsNone() {
        assertThat(Written.told(Written.problems(Written.HEAD + """
                        nodes:
                          jarvis: {address: 10.0.1.10, role: server, disks: [ssd, "/mnt/a b"]}
                        """)))
                .contains(
                        "nodes.jarvis.disks[1] is not an absolute path",
                        "nodes.jarvis.disks[2] is not an absolute path");
    }

    private static ChartRelease longhorn(String backup) {
        return Written.read(inventory(backup)).addons().releases().get(0);
    }

    private static String wrong(String backup) {
        return Written.told(Written.problems(inventory(backup)));
    }

    private static String inventory(String backup) {
        String section = backup.equals("{}") ? backup : "{" + backup + "}";
        return Written.HEAD + Written.NODES + "addons: {longhorn: {version: 1.11.2, backup: " + section + "}}\n";
    }
}
