package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.Status.Drift;
import homelab.resource.longhorn.LonghornReady;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");

    @Test
    void demotesWhateverElseIsTheDefaultClass() {
        assertThat(defaults("true", "true"))
                .isEqualTo(Status.drift(Worst.CHANGE, "StorageClass local-path", "default", "not default"));
        assertThat(defaults("false", "true")).isEqualTo(Status.SAME);
        assertThat(((Drift) defaults("true", "false")).changes()).hasSize(2);
    }

    @Test
    void waitsForTheClassToBeThere() {
        DefaultClass wanted = new DefaultClass("longhorn");
        assertThat(wanted.status(LocalSh.answering(wanted, "api:storageclasses", "{\"items\":[]}")))
                .isEqualTo(new Status.Waits("longhorn is installed", Worst.CHANGE));
    }

    private static Status defaults(String localPath, String longhorn) {
        DefaultClass wanted = new DefaultClass("longhorn");
        String item =
                "{\"metadata\":{\"name\":\"%s\",\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"%s\"}}}";
        String list = "{\"items\":[" + item.formatted("local-path", localPath) + ","
                + item.formatted("longhorn", longhorn) + "]}";
        return wanted.status(LocalSh.answering(wanted, "api:storageclasses", list));
    }

    @Test
    void longhornIsReadyWhenItsNodesAndTheKubeletsSaySo() {
        assertThat(longhorn(node("True", ""), "driver.longhorn.io")).isEqualTo(Status.SAME);
    }

    @Test
    void namesTheNodeThatCannotHoldVolumesAndWhy() {
        Drift drift = (Drift) longhorn(node("False", "iscsi_tcp is not loaded"), "other.example");
        assertThat(drift.changes())
                .containsExactly(
                        new Change("ultron", "not KernelModulesLoaded: iscsi_tcp is not loaded", "KernelModulesLoaded"),
                        new Change("ultron", "its kubelet does not know driver.longhorn.io", "registered"));
    }

    @Test
    void aNodeThatLonghornDoesNotKnowIsNotReady() {
        LonghornReady ready = new LonghornReady("longhorn-system", List.of(JARVIS, ULTRON), List.of());
        Drift drift = (Drift)
                ready.status(LocalSh.answering(ready, "longhorn:nodes", node("True", "") + "\n---\n{\"items\":[]}"));
        assertThat(drift.changes()).containsExactly(new Change("jarvis", "not known to Longhorn yet", "Ready"));
    }

    @Test
    void namesADiskThatTakesNoVolume() {
        String full = """
                {"kind":"NodeList","items":[{"metadata":{"name":"ultron"},"status":{"conditions":[],"diskStatus":{"d":{
                "diskPath":"/var/lib/longhorn/","conditions":[{"type":"Ready","status":"True"},
                {"type":"Schedulable","status":"False","message":"disk has 46 GiB available, but requires 67"}]}}}}]}""";
        assertThat(((Drift) longhorn(full, "driver.longhorn.io")).changes())
                .containsExactly(new Change(
                        "ultron, disk /var/lib/longhorn/",
                        "not Schedulable: disk has 46 GiB available, but requires 67",
                        "Schedulable"));
    }

    @Test
    void waitsForTheInstallationAndThenForItsNodes() {
        assertThat(longhorn("{\"kind\":\"Status\",\"code\":404}", "driver.longhorn.io"))
                .isEqualTo(new Status.Waits("Longhorn is installed", Worst.WAIT));
        assertThat(longhorn("{\"kind\":\"NodeList\",\"items\":[]}", "driver.longhorn.io"))
                .isInstanceOf(Drift.class);
    }

    private static String node(String status, String message) {
        return """
                {"kind":"NodeList","items":[{"metadata":{"name":"ultron"},"status":{"conditions":[
                {"type":"Ready","status":"True","message":""},
                {"type":"KernelModulesLoaded","status":"%s","message":"%s"}]}}]}""".formatted(status, message);
    }

    private static Status longhorn(String nodes, String driver) {
        LonghornReady ready = new LonghornReady("longhorn-system", List.of(ULTRON), List.of(ULTRON));
        String csi = "{\"items\":[{\"metadata\":{\"name\":\"ultron\"},\"spec\":{\"drivers\":[{\"name\":\"%s\"}]}}]}";
        return ready.status(LocalSh.answering(ready, "longhorn:nodes", nodes + "\n---\n" + csi.formatted(driver)));
    }

    @Test
    void anArchiveOfImagesIsKnownByItsSum() {
        ImageArchive archive = new ImageArchive(Path.of("/home/pi/longhorn.tar"), "0123456789ab" + "c".repeat(52));
        assertThat(archive.remote()).isEqualTo("/var/lib/rancher/k3s/agent/images/homelab-0123456789ab-longhorn.tar");
        assertThat(archive.status(LocalSh.answering(archive, "image archives", "homelab-0123456789ab-longhorn.tar\n")))
                .isEqualTo(Status.SAME);
        assertThat(archive.status(LocalSh.answering(archive, "image archives", "homelab-ffffffffffff-longhorn.tar\n")))
                .isInstanceOf(Drift.class);
    }
}
