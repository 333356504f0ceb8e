package homelab.phase.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.model.Addons;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Clusters;
import homelab.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightLonghornTest {
    private static final long GIB = 1L << 30;
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final Facts.Disk ROOT = SampleFacts.disk("/", "nvme");

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThat(withDisks(List.of(ROOT)).refusals())
                .extracting(Problem::what)
                .containsExactly("ultron: there is no folder /mnt/ssd");
    }

    @Test
    void aMountPointWithoutItsDiskIsRefused() {
        assertThat(withDisks(List.of(ROOT, SampleFacts.disk("/mnt/ssd", "nvme")))
                        .refusals())
                .extracting(Problem::what)
                .containsExactly("ultron: no disk is mounted at /mnt/ssd");
    }

    @Test
    void onlyFileSystemsThatLonghornKeepsDataOnAreTaken() {
        assertThat(withDisks(List.of(ROOT, disk("exfat", "usb", 50 * GIB))).refusals())
                .extracting(Problem::what)
                .containsExactly("ultron: Longhorn cannot keep data on exfat");
        assertThat(withDisks(List.of(ROOT, disk("xfs", "usb", 50 * GIB))).refusals())
                .isEmpty();
    }

    @Test
    void roomAndMediumAreThoseOfTheFolderAndNotOfTheSystem() {
        Facts.Disk full = SampleFacts.disk("/", "/dev/mmcblk0p2", "ext4", "sd-card", 30 * GIB, GIB);
        assertThat(withDisks(List.of(full, disk("ext4", "usb", 50 * GIB)))).isEqualTo(well());
        assertThat(withDisks(List.of(ROOT, disk("ext4", "sd-card", 50 * GIB))).warnings())
                .extracting(Problem::why)
                .containsExactly("/mnt/ssd is on /dev/sda1, sd-card");
        assertThat(withDisks(List.of(ROOT, disk("ext4", "hdd", 5 * GIB))).refusals())
                .extracting(Problem::why)
                .containsExactly("5.0 GiB are free at /mnt/ssd and 10 is the least");
    }

    private static PreflightLonghorn.Judgement well() {
        return new PreflightLonghorn.Judgement(List.of(), List.of());
    }

    private static Facts.Disk disk(String type, String medium, long free) {
        return SampleFacts.disk("/mnt/ssd", "/dev/sda1", type, medium, 60 * GIB, free);
    }

    private static PreflightLonghorn.Judgement withDisks(List<Facts.Disk> disks) {
        return judge(
                Map.of(), Map.of(ULTRON, fresh("ultron").with("disks", disks).build()), true);
    }

    @Test
    void aHardMountOfTheBackupTargetIsRefusedAndASoftOneWarnedOf() {
        assertThat(judge(backup("nfs://nas:/b?nfsOptions=hard,vers=4"), Map.of())
                        .refusals())
                .extracting(Problem::what)
                .containsExactly("the backup target of Longhorn would be mounted hard on servers");
        var soft = judge(backup("nfs://nas:/b?nfsOptions=soft,timeo=330"), Map.of());
        assertThat(soft.refusals()).isEmpty();
        assertThat(soft.warnings())
                .extracting(Problem::what)
                .contains("the backup target of Longhorn is an NFS server");
        assertThat(judge(Map.of("persistence", Map.of("nfsOptions", "vers=4,hard")), Map.of())
                        .refusals())
                .extracting(Problem::what)
                .containsExactly("shared volumes of Longhorn would be mounted hard on servers");
    }

    @Test
    void aHardMountOnAServerIsRefusedWhereTheBackupsGoThereToo() {
        Map<NodeName, Facts> facts = Map.of(JARVIS, mounting("jarvis", true), ULTRON, mounting("ultron", true));

        assertThat(judge(backup("nfs://nas:/b"), facts).refusals())
                .extracting(Problem::what)
                .containsExactly("jarvis: has a hard NFS mount at /mnt/nas");
        assertThat(judge(Map.of(), facts).refusals()).isEmpty();
        assertThat(judge(Map.of(), facts).warnings())
                .extracting(Problem::what)
                .containsExactly(
                        "jarvis: has a hard NFS mount at /mnt/nas", "ultron: has a hard NFS mount at /mnt/nas");
        assertThat(judge(Map.of(), Map.of(JARVIS, mounting("jarvis", false), ULTRON, mounting("ultron", false))))
                .isEqualTo(well());
    }

    private static Facts mounting(String node, boolean hard) {
        Facts.NetworkMount mount = new Facts.NetworkMount("nas:/home", "/mnt/nas", hard);
        return fresh(node)
                .with("mounts", new Facts.Mounts(true, List.of(mount)))
                .build();
    }

    @Test
    void copiedCardsAreTold() {
        Map<NodeName, Facts> facts = Map.of(
                JARVIS,
                        fresh("jarvis")
                                .with("initiator", "iqn.1993-08.org.debian:01:aa")
                                .build(),
                ULTRON,
                        fresh("ultron")
                                .with("initiator", "iqn.1993-08.org.debian:01:aa")
                                .build());

        assertThat(judge(Map.of(), facts).warnings())
                .extracting(Problem::what)
                .containsExactly("jarvis and ultron have one iSCSI initiator name");
        assertThat(judge(Map.of(), both())).isEqualTo(well());
    }

    @Test
    void anOldKernelMattersToTheSecondEngineAlone() {
        Map<NodeName, Facts> old = Map.of(
                JARVIS,
                fresh("jarvis").build(),
                ULTRON,
                fresh("ultron").with("kernel", "5.4.0-1100-raspi").build());

        assertThat(judge(Map.of(), old)).isEqualTo(well());
        assertThat(judge(Map.of("defaultSettings", Map.of("v2DataEngine", true)), old)
                        .refusals())
                .extracting(Problem::what)
                .containsExactly("ultron: its kernel is too old for the v2 data engine");
    }

    @Test
    void aPrivateRootIsRefusedWhereK3sRuns() {
        var lone = new Facts.Mounts(false, List.of());
        Map<NodeName, Facts> bare = Map.of(
                JARVIS,
                fresh("jarvis").build(),
                ULTRON,
                fresh("ultron").with("mounts", lone).build());
        Map<NodeName, Facts> runs = Map.of(
                JARVIS,
                fresh("jarvis").build(),
                ULTRON,
                fresh("ultron")
                        .with("mounts", lone)
                        .with("k3s", SampleFacts.agent("ca"))
                        .build());

        assertThat(judge(Map.of(), bare)).isEqualTo(well());
        assertThat(judge(Map.of(), runs).refusals())
                .extracting(Problem::what)
                .containsExactly("ultron: what Longhorn mounts would be seen by no pod");
    }

    @Test
    void aNodeThatStoresDataAndIsAwayIsTold() {
        assertThat(judge(Map.of(), Map.of(JARVIS, fresh("jarvis").build())).warnings())
                .extracting(Problem::what)
                .containsExactly("ultron: stores data and was not reached");
    }

    private static Map<NodeName, Facts> both() {
        return Map.of(JARVIS, fresh("jarvis").build(), ULTRON, fresh("ultron").build());
    }

    private static SampleFacts fresh(String node) {
        return SampleFacts.fresh(node, node.equals("jarvis") ? "10.0.1.10" : "10.0.1.11");
    }

    private static Map<String, Object> backup(String target) {
        return Map.of("defaultBackupStore", Map.of("backupTarget", target));
    }

    private static PreflightLonghorn.Judgement judge(Map<String, Object> values, Map<NodeName, Facts> facts) {
        return judge(values, facts, false);
    }

    private static PreflightLonghorn.Judgement judge(
            Map<String, Object> values, Map<NodeName, Facts> facts, boolean disks) {
        Cluster two = Clusters.twoPis();
        Chart chart = new Chart.Repository(URI.create("https://charts.longhorn.io"), "longhorn", "1.11.2");
        ChartRelease longhorn = new ChartRelease("longhorn", chart, "longhorn-system", values, Map.of(), List.of());
        List<Node> nodes = two.nodes().stream()
                .map(node -> disks && node.name().equals(ULTRON) ? onSsd(node) : node)
                .toList();
        return PreflightLonghorn.judge(
                new Cluster(
                        two.name(), two.network(), two.k3s(), two.knownHosts(), nodes, Addons.of(List.of(longhorn))),
                facts);
    }

    private static Node onSsd(Node node) {
        return new Node(
                node.name(),
                node.role(),
                node.access(),
                node.ip(),
                node.become(),
                node.flannelIface(),
                List.of(new homelab.model.Label(Node.STORES, "config")),
                node.taints(),
                List.of("/mnt/ssd"),
                node.model());
    }
}
