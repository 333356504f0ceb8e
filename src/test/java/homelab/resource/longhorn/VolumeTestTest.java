package homelab.resource.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTestTest {
    @TempDir
    private Path folder;

    private FakeLonghorn longhorn;

    @BeforeEach
    void fake() throws IOException {
        longhorn = new FakeLonghorn(folder);
    }

    @Test
    void writesOnTheFirstNodeAndReadsOnEveryOther() {
        LocalSh.Ran ran = longhorn.run(on(false, "jarvis", "ultron", "vision"));

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(steps(ran))
                .containsExactly(
                        "bind -",
                        "write jarvis",
                        "detach jarvis",
                        "read ultron",
                        "detach ultron",
                        "read vision",
                        "detach vision",
                        "delete -");
        assertThat(longhorn.clean()).isTrue();
    }

    @Test
    void aSingleNodeReadsWhatItWrote() {
        assertThat(steps(longhorn.run(on(false, "jarvis"))))
                .containsExactly("bind -", "write jarvis", "detach jarvis", "read jarvis", "detach jarvis", "delete -");
    }

    @Test
    void removesWhatAKilledTryLeftBeforeItMakesAnything() throws IOException {
        longhorn.with("claim", "homelab-test-0abc");

        assertThat(longhorn.run(on(false, "jarvis")).exit()).isZero();
        List<String> asked = longhorn.asked();
        assertThat(asked).contains("patch pv pvc-1 -p {\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}");
        assertThat(asked.indexOf("delete pvc -l homelab/test=volume --wait=false"))
                .isBetween(0, asked.indexOf("made PersistentVolumeClaim"));
    }

    @Test
    void saysWhatOfAnEarlierTryDoesNotGo() throws IOException {
        assertThat(longhorn.with("stuck", "homelab-test-0abc")
                        .run(on(false, "jarvis"))
                        .out())
                .startsWith("at the step 'prepare': what an earlier test left does not go away:"
                        + " persistentvolumeclaim/homelab-test-0abc");
    }

    @Test
    void namesTheStepTheNodeAndWhatKubernetesSaysWhenThePodHangs() throws IOException {
        LocalSh.Ran ran =
                longhorn.with("phase", "Pending").with("state", "attaching").run(on(false, "jarvis", "ultron"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out().lines().toList())
                .element(1)
                .isEqualTo("at the step 'write' on jarvis: the pod is Pending after 240 s, the volume attaching");
        assertThat(ran.out())
                .contains("FailedMount: iscsiadm: no such device\n")
                .doesNotContain("other: Bad")
                .contains("\nfix: is iscsid running on jarvis");
        assertThat(longhorn.clean()).isTrue();
    }

    @Test
    void aClaimThatIsNotBoundIsTold() throws IOException {
        assertThat(longhorn.with("bound", "Pending").run(on(false, "jarvis")).out())
                .startsWith("at the step 'bind': the claim is not bound after 120 s\n");
    }

    @Test
    void aVolumeThatIsNotLetGoIsTold() throws IOException {
        assertThat(longhorn.with("state", "detaching").run(on(false, "jarvis")).out())
                .contains("at the step 'detach' on jarvis: the volume is detaching after 150 s\n");
    }

    @Test
    void dataThatChangedOnTheWayIsAFailure() throws IOException {
        LocalSh.Ran ran = longhorn.with("reads", "written").run(on(false, "jarvis", "ultron"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("at the step 'read' on ultron: it reads 'written' where '[0-9a-f]{8}' was");
    }

    @Test
    void aNodeThatIsDownIsNotWaitedFor() throws IOException {
        assertThat(longhorn.with("ready", "Unknown").run(on(false, "jarvis")).out())
                .startsWith("at the step 'prepare' on jarvis: it stores data and is not Ready\n");
    }

    @Test
    void whatTheApiRefusesIsTold() throws IOException {
        assertThat(longhorn.with("refused", "exceeded quota")
                        .run(on(false, "jarvis"))
                        .out())
                .startsWith("at the step 'bind': not taken: exceeded quota\n");
    }

    @Test
    void twoOfThemDoNotMeet() throws IOException {
        String held = "exec 9>" + folder.resolve("lock") + "; flock -n 9 || exit 1; ";
        Process other = new ProcessBuilder("sh", "-c", held + "echo held; read line").start();
        try (var out = other.inputReader()) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThat(longhorn.run(on(false, "jarvis")).out()).startsWith("another test of the storage works");
        } finally {
            other.destroy();
        }
    }

    @Test
    void aBackupIsMadeWhileTheVolumeIsThere() throws IOException {
        assertThat(steps(longhorn.run(on(true, "jarvis")))).element(3).isEqualTo("backup -");
        assertThat(longhorn.asked()).containsSubsequence("made Snapshot", "made Backup");
    }

    @Test
    void aBackupThatFailsSaysWhatLonghornSays() throws IOException {
        assertThat(longhorn.with("backup", "Error").run(on(true, "jarvis")).out())
                .contains("at the step 'backup': access denied");
        assertThat(longhorn.with("available", "false").run(on(true, "jarvis")).out())
                .contains("at the step 'backup': the backup target is not available: no such bucket");
    }

    private static VolumeTest on(boolean backup, String... nodes) {
        return new VolumeTest(
                "longhorn-system", Arrays.stream(nodes).map(NodeName::new).toList(), backup);
    }

    private static List<String> steps(LocalSh.Ran ran) {
        return ran.out().lines().map(line -> line.replaceFirst(" \\d+$", "")).toList();
    }
}
