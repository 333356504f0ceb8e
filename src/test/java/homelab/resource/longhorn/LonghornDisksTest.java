package homelab.resource.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.Change;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LonghornDisksTest {
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final LonghornDisks DISKS =
            new LonghornDisks("longhorn-system", ULTRON, List.of("/mnt/ssd", "/mnt/two"));

    @TempDir
    private Path folder;

    @Test
    void namesTheFolderThatIsNotUsedYet() {
        assertThat(status("/mnt/ssd/", "True"))
                .isEqualTo(new Status.Drift(
                        List.of(new Change("/mnt/two of ultron", "not used", "a disk of Longhorn")), Worst.CREATE));
    }

    @Test
    void furtherDisksStayAndADiskThatIsIllIsWaitedFor() {
        String all = "/mnt/ssd\"},\"b\":{\"path\":\"/mnt/two\"},\"c\":{\"path\":\"/old";
        assertThat(status(all, "True")).isEqualTo(Status.SAME);
        assertThat(status(all, "False"))
                .isEqualTo(Status.drift(Worst.WAIT, "ultron, disk /mnt/ssd", "not Ready: gone", "Ready"));
    }

    @Test
    void waitsUntilLonghornKnowsTheNode() {
        assertThat(DISKS.status(LocalSh.answering(DISKS, "longhorn:nodes", "{\"kind\":\"NodeList\"}\n---\n{}")))
                .isEqualTo(new Status.Waits("Longhorn knows ultron", Worst.CREATE));
    }

    /** A path that is there under another name would be refused by Longhorn. */
    @Test
    void addsOnlyWhatIsMissing() throws IOException {
        Path k3s = Files.writeString(folder.resolve("k3s"), """
                #!/bin/sh
                case $* in *' get '*) printf '/mnt/ssd/\\n/mnt/two-old\\n' ;; *) echo "$*" ;; esac
                """);
        Files.setPosixFilePermissions(k3s, PosixFilePermissions.fromString("rwxr-xr-x"));

        LocalSh.Ran ran = new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH"))).apply(DISKS);

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out().lines())
                .singleElement()
                .asString()
                .startsWith("kubectl -n longhorn-system patch nodes.longhorn.io ultron --type=merge")
                .contains("\"path\":\"/mnt/two\"");
    }

    @Test
    void theAnnotationNamesTheSameDisks() {
        DiskAnnotation annotation = new DiskAnnotation(ULTRON, List.of("/mnt/ssd"));
        String wanted = DiskConfig.annotation(List.of("/mnt/ssd"));

        assertThat(DiskConfig.patch("/mnt/ssd")).contains(DiskConfig.name("/mnt/ssd"));
        assertThat(wanted).contains(DiskConfig.name("/mnt/ssd"));
        assertThat(annotated(annotation, wanted)).isEqualTo(Status.SAME);
        assertThat(annotated(annotation, "[]"))
                .isEqualTo(Status.drift(Worst.CHANGE, "disks of ultron for Longhorn", "others", "/mnt/ssd"));
    }

    private static Status annotated(DiskAnnotation annotation, String value) {
        String node = "{\"kind\":\"NodeList\",\"items\":[{\"metadata\":{\"name\":\"ultron\",\"annotations\":"
                + "{\"node.longhorn.io/default-disks-config\":\"" + value.replace("\"", "\\\"") + "\"}}}]}";
        return annotation.status(
                LocalSh.answering(annotation, annotation.probes().get(0).id(), node));
    }

    private static Status status(String path, String ready) {
        return DISKS.status(LocalSh.answering(DISKS, "longhorn:nodes", """
                {"kind":"NodeList","items":[{"metadata":{"name":"ultron"},"spec":{"disks":{"a":{"path":"%s"}}},
                "status":{"diskStatus":{"a":{"diskPath":"/mnt/ssd","conditions":[{"type":"Ready","status":"%s","message":"gone"}]}}}}]}
                ---
                {"items":[]}
                """.formatted(path, ready)));
    }
}
