package homelab.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On objects with the fields of Longhorn 1.11's CRDs, as the laboratory's double has them too. */
class StorageTest {
    private static final String GOOD = "\"healthyAt\":\"2026-11-01T00:00:00Z\",\"failedAt\":\"\"";
    private static final String FILLING = "\"healthyAt\":\"\",\"failedAt\":\"\"";
    private static final String FAILED = "\"healthyAt\":\"2026-11-01T00:00:00Z\",\"failedAt\":\"2026-11-02T00:00:00Z\"";

    private static String list(String... items) {
        return Stream.of(items).collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static String volume(int replicas) {
        return """
                {"metadata":{"name":"pvc-1"},"spec":{"size":"1073741824","numberOfReplicas":%d},
                 "status":{"state":"attached","robustness":"healthy","currentNodeID":"ultron",
                           "kubernetesStatus":{"pvName":"pvc-1","namespace":"web","pvcName":"data"}}}""".formatted(replicas);
    }

    private static String replica(String node, String life) {
        return "{\"spec\":{\"volumeName\":\"pvc-1\",\"nodeID\":\"" + node + "\"," + life + "}}";
    }

    private static Volume only(int wanted, String... replicas) {
        List<Volume> volumes =
                Storage.of(list(), list(volume(wanted)), list(replicas), list()).volumes();
        assertThat(volumes).hasSize(1);
        return volumes.get(0);
    }

    @Test
    void aVolumeOnTwoNodesSurvivesTheLossOfOne() {
        Volume volume = only(2, replica("jarvis", GOOD), replica("ultron", GOOD));

        assertThat(volume.risk()).isEqualTo(Risk.SAFE);
        assertThat(volume.title()).isEqualTo("web/data");
        assertThat(volume.state()).isEqualTo("attached to ultron");
        assertThat(volume.bytes()).isEqualTo(1L << 30);
        assertThat(volume.ill()).isFalse();
    }

    @Test
    void aCopyThatIsBeingFilledOrHasFailedCountsForNothing() {
        assertThat(only(2, replica("jarvis", GOOD), replica("ultron", FILLING)).risk())
                .isEqualTo(Risk.ONE_NODE);
        assertThat(only(2, replica("jarvis", FAILED), replica("ultron", GOOD)).nodes())
                .containsExactly("ultron");
        assertThat(only(2, replica("jarvis", FAILED), replica("ultron", FILLING))
                        .risk())
                .isEqualTo(Risk.LOST);
    }

    @Test
    void twoCopiesOnOneNodeAreLostTogether() {
        Volume volume = only(2, replica("jarvis", GOOD), replica("jarvis", GOOD));

        assertThat(volume.risk()).isEqualTo(Risk.ONE_NODE);
        assertThat(volume.ill()).as("there are as many as asked for").isFalse();
    }

    @Test
    void fewerCopiesThanAskedForIsIllThoughAnyNodeMayGo() {
        Volume volume = only(3, replica("jarvis", GOOD), replica("ultron", GOOD), replica("hulk", FAILED));

        assertThat(volume.risk()).isEqualTo(Risk.DEGRADED);
        assertThat(volume.ill()).isTrue();
    }

    @Test
    void aLocalVolumeGoesWithItsNodeAndAnNfsOneWithNone() {
        String local = """
                {"metadata":{"name":"pvc-2"},"status":{"phase":"Bound"},
                 "spec":{"capacity":{"storage":"5Gi"},"hostPath":{"path":"/x"},"claimRef":{"namespace":"web","name":"cache"},
                  "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[
                   {"key":"kubernetes.io/hostname","operator":"In","values":["ultron"]}]}]}}}}""";
        String nfs = """
                {"metadata":{"name":"films"},"status":{"phase":"Available"},
                 "spec":{"capacity":{"storage":"1T"},"nfs":{"server":"10.0.1.9"}}}""";
        Storage storage = Storage.of(list(local, nfs), "", "", "");

        assertThat(storage.volumes())
                .extracting(Volume::title, Volume::kind, Volume::bytes, Volume::risk)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("web/cache", "local", 5L << 30, Risk.ONE_NODE),
                        org.assertj.core.groups.Tuple.tuple("films", "nfs", 1_000_000_000_000L, Risk.ELSEWHERE));
        assertThat(storage.onlyOn()).containsOnlyKeys("ultron");
    }

    @Test
    void tellsAVolumeOfLonghornOnceAndOneThatLonghornForgotAsLost() {
        String known = "{\"metadata\":{\"name\":\"pvc-1\"},\"spec\":{\"csi\":{\"driver\":\"driver.longhorn.io\"}}}";
        String forgotten = known.replace("pvc-1", "pvc-9");
        Storage storage = Storage.of(list(known, forgotten), list(volume(1)), list(replica("jarvis", GOOD)), list());

        assertThat(storage.volumes()).extracting(Volume::name).containsExactly("pvc-9", "pvc-1");
        assertThat(storage.with(Risk.LOST)).extracting(Volume::name).containsExactly("pvc-9");
    }

    @Test
    void saysWhyADiskTakesNoCopies() {
        String node = """
                {"metadata":{"name":"jarvis"},"spec":{"allowScheduling":true,"disks":{"d1":{"path":"/var/lib/longhorn","allowScheduling":true}}},
                 "status":{"conditions":[{"type":"Ready","status":"True"}],
                  "diskStatus":{"d1":{"diskPath":"/var/lib/longhorn","storageMaximum":100,"storageAvailable":10,"storageScheduled":50,
                   "conditions":[{"type":"Ready","status":"True"},
                                 {"type":"Schedulable","status":"False","message":"less than a quarter is free"}]}}}}""";
        Storage full = Storage.of(list(), "", "", list(node));

        assertThat(full.disks())
                .containsExactly(new Disk("jarvis", "/var/lib/longhorn", 100, 10, 50, "less than a quarter is free"));
        assertThat(full.ill()).isTrue();
        String closed = node.replace("\"allowScheduling\":true}}", "\"allowScheduling\":false}}")
                .replace("\"status\":\"False\"", "\"status\":\"True\"");
        assertThat(Storage.of(list(), "", "", list(closed)).disks().get(0).problem())
                .isEqualTo("closed for new copies by its settings");
    }

    @Test
    void takesNoAnswerForNoVolumesOnlyWhereThereIsNoLonghorn() {
        assertThat(Storage.of(list(), "", "", "").volumes()).isEmpty();
        assertThatThrownBy(() -> Storage.of("Service Unavailable", "", "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
