package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.UfwOn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirewallPhaseTest {

    @Test
    void addsBeforeItTakesAwayAndSwitchesOnLast() {
        List<Step> steps = new FirewallPhase().steps(Clusters.site(Clusters.twoPis()));
        assertThat(steps.stream().filter(step -> step.target().equals(new Target.OnHost(new NodeName("ultron")))))
                .extracting(step -> step.resource().id())
                .containsExactly("firewall rules", "stale firewall rules", "firewall");
        assertThat(steps).hasSize(6);
    }

    @Test
    void guardsTheSessionOfTheHostItIsOf() {
        Ip us = Ip.parse("10.0.1.50");
        List<Step> steps =
                new FirewallPhase(Map.of(new NodeName("ultron"), us)).steps(Clusters.site(Clusters.twoPis()));
        assertThat(((UfwOn) steps.get(2).resource()).guard().seenFrom()).isEmpty();
        assertThat(((UfwOn) steps.get(5).resource()).guard().seenFrom()).contains(us);
    }
}
