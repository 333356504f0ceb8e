package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirewallPhaseTest {

    @Test
    void addsBeforeItTakesAwayAndSwitchesOnLast() {
        List<Step> steps = new FirewallPhase().steps(Clusters.site(Clusters.twoPis()));
        assertThat(steps.stream().filter(step -> step.target().equals(new Target.OnHost(new NodeName("ultron")))))
                .extracting(step -> step.resource().id())
                .containsExactly("firewall's way back", "firewall rules", "stale firewall rules", "firewall");
        assertThat(steps).hasSize(8);
    }
}
