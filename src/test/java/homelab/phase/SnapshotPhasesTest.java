package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.snapshot.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotPhasesTest {
    private static final Taken OLDER = new Taken(
            "older-jarvis-1795454665",
            new NodeName("jarvis"),
            "/var/lib/rancher/k3s/server/db/snapshots",
            1,
            Instant.EPOCH,
            Optional.empty());

    private static List<String> restored(Cluster cluster) {
        Site site = SampleSite.live(cluster, "secret");
        return SnapshotPhases.restore(cluster, OLDER).stream()
                .flatMap(phase -> phase.steps(site).stream())
                .map(step -> step.phase() + ": " + step.target() + " "
                        + step.resource().id())
                .toList();
    }

    @Test
    void noServerStartsBeforeAllHaveStoppedAndTheOthersHaveNoData() {
        assertThat(restored(SampleSite.haMixed()).stream()
                        .map(step -> step.split(":")[0])
                        .distinct())
                .startsWith("stop", "aside", "restore")
                .containsSubsequence("restore", "server", "agents", "watchers", "verify", "over");
    }

    @Test
    void agentsThatRunAreStartedAgainBeforeThePodsThatAreMadeAnew() {
        assertThat(restored(SampleSite.twoPis()))
                .containsSubsequence(
                        "server: jarvis node jarvis EtcdIsVoter",
                        "agents: ultron service k3s-agent",
                        "agents: cluster node ultron Ready",
                        "watchers: jarvis pods that watch the API",
                        "over: jarvis note of the restore",
                        "over: ultron note of the restart");
    }
}
