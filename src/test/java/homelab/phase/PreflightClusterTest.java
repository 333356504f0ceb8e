package homelab.phase;

import static homelab.plan.Finding.Severity.NOTE;
import static homelab.plan.Finding.Severity.REFUSE;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.SampleFacts;
import homelab.model.NodeName;
import homelab.plan.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightClusterTest {
    private static final String OURS = "aa".repeat(32);
    private static final String THEIRS = "bb".repeat(32);

    private final SampleFacts jarvis = SampleFacts.fresh("jarvis", "10.0.1.10");
    private final SampleFacts vision = SampleFacts.fresh("vision", "10.0.1.11");
    private final SampleFacts friday = SampleFacts.fresh("friday", "10.0.1.12");

    @Test
    void refusesCopiedCards() {
        vision.with("machineId", "1234");
        friday.with("machineId", "1234");

        assertThat(only(REFUSE))
                .contains("vision and friday: have the same machine id")
                .contains("1234");
    }

    @Test
    void refusesTwoHostsOfOneName() {
        vision.with("hostname", "jarvis");

        assertThat(only(REFUSE))
                .contains("jarvis and vision: have the same host name")
                .contains("each is called jarvis");
    }

    @Test
    void onlyNotesTheNameThatTheImageCameWith() {
        jarvis.with("hostname", "raspberrypi");
        vision.with("hostname", "raspberrypi");

        assertThat(only(NOTE)).contains("still called raspberrypi");
    }

    /** Its Node object has that name; calling it otherwise would make another node of it. */
    @Test
    void refusesTheImagesNameOnceK3sKnowsIt() {
        jarvis.with("hostname", "raspberrypi").with("k3s", SampleFacts.server(OURS, "etcd"));
        vision.with("hostname", "raspberrypi");

        assertThat(only(REFUSE)).contains("each is called raspberrypi");
    }

    @Test
    void refusesClocksMoreThanHalfAMinuteApart() {
        jarvis.with("clock", -12_000L);
        friday.with("clock", 18_001L);

        assertThat(only(REFUSE))
                .contains("jarvis and friday: their clocks are too far apart")
                .contains("jarvis is 30.0 s behind friday");
    }

    /** It is our own clock that is wrong when all of them agree. */
    @Test
    void comparesClocksWithEachOtherAndNotWithOurs() {
        jarvis.with("clock", 3_600_000L);
        vision.with("clock", 3_630_000L);
        friday.with("clock", 3_600_000L);

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesHostsOfDifferentClusters() {
        jarvis.with("k3s", SampleFacts.server(OURS, "etcd"));
        friday.with("k3s", SampleFacts.server(THEIRS, "etcd"));

        assertThat(only(REFUSE))
                .contains("friday and jarvis: belong to different clusters")
                .contains("jarvis know the cluster CA aaaaaaaaaaaa; friday know the cluster CA bbbbbbbbbbbb");
    }

    @Test
    void aFreshHostBelongsToNoCluster() {
        jarvis.with("k3s", SampleFacts.server(OURS, "etcd"));
        vision.with("k3s", SampleFacts.server(OURS, "etcd"));

        assertThat(judge()).isEmpty();
    }

    @Test
    void namesThreeAsPeopleDo() {
        List.of(jarvis, vision, friday).forEach(host -> host.with("machineId", "1234"));

        assertThat(only(REFUSE)).startsWith("jarvis, vision and friday: ");
    }

    private List<Finding> judge() {
        return Preflight.judge(
                PreflightHomes.threeServers(),
                Map.of(
                        new NodeName("jarvis"), jarvis.build(),
                        new NodeName("vision"), vision.build(),
                        new NodeName("friday"), friday.build()));
    }

    private String only(Finding.Severity severity) {
        List<Finding> findings = judge();
        assertThat(findings).singleElement().extracting(Finding::severity).isEqualTo(severity);
        return PreflightHomes.told(findings.get(0));
    }
}
