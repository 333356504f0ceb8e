package homelab.backup;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Backup;
import homelab.model.NodeName;
import homelab.model.SecretSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final String STORAGE = "/var/lib/rancher/k3s/storage";
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");

    private static Backup backup(List<String> volumes) {
        return new Backup(
                List.of(new Backup.Place(JARVIS, "/srv/backup")),
                new SecretSource.FromEnv("PASSWORD"),
                volumes,
                List.of(new Backup.Folder(ULTRON, "/home/pi/zigbee", true)),
                Backup.Keep.USUAL,
                2,
                Optional.empty());
    }

    private static String items(String... items) {
        return "{\"items\": [" + String.join(",", items) + "]}";
    }

    private static String claim(String name, String volume, String note) {
        return """
                {"metadata": {"namespace": "web", "name": "%s", "annotations": {"homelab/backup": "%s"}}, "spec": {"volumeName": "%s"}}""".formatted(name, note, volume);
    }

    private static String local(String name, String path, String node) {
        return """
                {"metadata": {"name": "%s"}, "spec": {"hostPath": {"path": "%s"}, "nodeAffinity": {"required":
                {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/hostname", "values": ["%s"]}]}]}}}}""".formatted(name, path, node);
    }

    private static Coverage of(List<String> volumes, Coverage.Told told) {
        Map<NodeName, List<Last>> last =
                Map.of(ULTRON, Last.parse("1795447395 claim web/data as-found 6df71a43\nsomething else\n"));
        return Coverage.of(backup(volumes), List.of(JARVIS, ULTRON), STORAGE, told, last);
    }

    private static final Coverage.Told ONE_CLAIM = new Coverage.Told(
            items(local("pv", STORAGE + "/pvc-1_web_data", "ultron")), items(claim("data", "pv", "pause")), "");

    @Test
    void aClaimOfLocalPathIsCopiedFromItsNodeToAnother() {
        Covered claim = of(List.of("all"), ONE_CLAIM).covered().get(1);

        assertThat(claim.node()).isEqualTo(ULTRON);
        assertThat(claim.name()).isEqualTo("web/data");
        assertThat(claim.how()).isEqualTo(Covered.How.PAUSED);
        assertThat(claim.beside()).isFalse();
        assertThat(claim.last().map(Last::snapshot)).contains("6df71a43");
    }

    @Test
    void aFolderIsCopiedWithoutACluster() {
        assertThat(of(List.of("all"), Coverage.Told.NOTHING).covered())
                .singleElement()
                .matches(one -> one.name().equals("/home/pi/zigbee") && one.how() == Covered.How.FROZEN);
    }

    @Test
    void whatTheInventoryDoesNotNameIsLeftWithTheReason() {
        assertThat(of(List.of("home", "web/other"), ONE_CLAIM).left())
                .containsExactly(new Coverage.Left("claim web/data", "backup.volumes does not name it"));
        assertThat(of(List.of("web"), ONE_CLAIM).left()).isEmpty();
    }

    @Test
    void volumesOfOtherKindsAndThoseOfNoNodeAreNamed() {
        String csi = """
                {"metadata": {"name": "far"}, "spec": {"csi": {"driver": "driver.longhorn.io"}}}""";
        Coverage coverage = of(
                List.of("all"),
                new Coverage.Told(
                        items(
                                csi,
                                local("lost", STORAGE + "/pvc-1_web_lost", "vision"),
                                local("odd", "/mnt/odd", "ultron")),
                        items(
                                claim("far", "far", ""),
                                claim("lost", "lost", ""),
                                claim("odd", "odd", ""),
                                claim("new", "", "")),
                        items("""
                                {"metadata": {"namespace": "web", "name": "app-1"}, "spec": {"volumes": [{"emptyDir": {}}]}}""")));

        assertThat(coverage.covered()).hasSize(1);
        assertThat(coverage.left())
                .extracting(left -> left.what() + ": " + left.why())
                .containsExactly(
                        "claim web/far: it is a volume of driver.longhorn.io, not of a node's disk",
                        "claim web/lost: its volume is on no node of the inventory",
                        "claim web/odd: /mnt/odd is no folder as local-path names it below " + STORAGE,
                        "claim web/new: it has no volume yet",
                        "pod web/app-1: it has an emptyDir, which goes with the pod");
    }

    @Test
    void aNodeTakesAPlaceOnAnotherNodeBeforeItsOwn() {
        Backup both = new Backup(
                List.of(new Backup.Place(JARVIS, "/a"), new Backup.Place(ULTRON, "/b")),
                new SecretSource.FromEnv("PASSWORD"),
                List.of(),
                List.of(),
                Backup.Keep.USUAL,
                2,
                Optional.empty());

        assertThat(both.placeOf(JARVIS).node()).isEqualTo(ULTRON);
        assertThat(both.placeOf(ULTRON).node()).isEqualTo(JARVIS);
        assertThat(both.concerns(ULTRON)).isFalse();
        assertThat(backup(List.of()).placeOf(JARVIS).node())
                .as("there is no other")
                .isEqualTo(JARVIS);
    }
}
