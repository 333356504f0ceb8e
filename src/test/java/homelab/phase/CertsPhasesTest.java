package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.resource.HeardAnew;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertsPhasesTest {
    private final Cluster two = SampleSite.twoPis();

    private List<String> told(CertsPhases phases) {
        return phases.renew().stream()
                .flatMap(phase -> phase.steps(SampleSite.live(two, "token")).stream())
                .map(step -> step.target() + " " + step.resource().id())
                .toList();
    }

    @Test
    void agentsComeAfterTheServersThatSignTheirsAndTheKubeconfigLast() {
        CertsPhases all = new CertsPhases(
                Set.copyOf(two.nodes()),
                "certs-1",
                Optional.of(new KubeconfigPhase(Path.of("/home/kubeconfig"), false, Optional.of("old"))));

        assertThat(told(all))
                .containsExactly(
                        "jarvis service k3s",
                        "jarvis API",
                        "jarvis node jarvis Ready",
                        "jarvis node jarvis EtcdIsVoter",
                        "ultron service k3s-agent",
                        "cluster node ultron Ready",
                        "cluster CoreDNS",
                        "jarvis note of the restart",
                        "ultron note of the restart",
                        "here kubeconfig /home/kubeconfig context home");
    }

    @Test
    void onlyWhatIsMeantIsStartedAgain() {
        assertThat(told(new CertsPhases(Set.of(two.nodes().get(1)), "certs-1", Optional.empty())))
                .startsWith("ultron service k3s-agent")
                .noneMatch(step -> step.contains("service k3s") && step.startsWith("jarvis"));
    }

    @Test
    void aNodeWhoseK3sWasStartedAgainIsHeardOfBeforeTheNextOne() {
        assertThat(new CertsPhases(Set.copyOf(two.nodes()), "certs-1", Optional.empty())
                        .renew()
                        .get(1)
                        .steps(SampleSite.live(two, "token"))
                        .get(0)
                        .resource())
                .isInstanceOf(HeardAnew.class);
    }
}
