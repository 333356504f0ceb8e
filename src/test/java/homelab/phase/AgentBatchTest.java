package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Role;
import homelab.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentBatchTest {
    private static final Cluster FOUR = Clusters.of(
            Backend.VXLAN,
            List.of(),
            Addons.NONE,
            Clusters.node("jarvis", Role.SERVER, 10, 22),
            Clusters.node("ultron", Role.AGENT, 11, 22),
            Clusters.node("edith", Role.AGENT, 12, 22),
            Clusters.node("hulk", Role.AGENT, 13, 22));

    private static final Site SITE = SampleSite.fresh(FOUR);

    private static List<Phase> phases(int atOnce) {
        Phase artifacts = new OfSteps("artifacts", site -> List.of());
        return new UpgradePhases(SITE, FOUR.servers().get(0), atOnce)
                .of(List.of(artifacts, new AgentPhase()), false).stream()
                        .filter(phase -> phase.name().equals("agents"))
                        .toList();
    }

    private static List<String> steps(Phase phase) {
        return phase.steps(SITE).stream()
                .map(step -> step.target() + " " + step.resource().id())
                .toList();
    }

    @Test
    void takesAgentsTogetherAndWaitsForAllOfThem() {
        List<Phase> batches = phases(2);

        assertThat(batches).hasSize(2);
        assertThat(steps(batches.get(0)))
                .containsExactlyInAnyOrder(
                        "ultron service k3s-agent",
                        "cluster node ultron Ready",
                        "edith service k3s-agent",
                        "cluster node edith Ready");
        assertThat(steps(batches.get(1))).containsExactly("hulk service k3s-agent", "cluster node hulk Ready");
        for (Step step : batches.get(0).steps(SITE)) {
            assertThat(batches.get(0).inTurn(SITE, step)).isFalse();
        }
    }

    @Test
    void leavesTheTurnsAsTheyAreForOneAtATime() {
        assertThat(phases(1)).singleElement().isInstanceOf(AgentPhase.class);
    }
}
