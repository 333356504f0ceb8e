package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinPhasesTest {
    private static final Site SITE =
            new Site(SampleSite.twoPis(), Map.of(), Optional.empty(), Map.of(), Optional.empty());

    private static List<String> stepsOn(String node) {
        List<Phase> phases =
                JoinPhases.of(List.of(new HostPhase(), new FirewallPhase()), Set.of(new NodeName("ultron")));
        return phases.stream()
                .flatMap(phase -> phase.steps(SITE).stream())
                .filter(step -> step.target().equals(new Target.OnHost(new NodeName(node))))
                .map(step -> step.resource().id())
                .toList();
    }

    @Test
    void preparesTheNodeThatJoins() {
        assertThat(stepsOn("ultron")).contains("packages", "sysctls", "firewall rules", "firewall");
    }

    @Test
    void tellsTheOthersOnlyItsNameAndLetsItIn() {
        assertThat(stepsOn("jarvis"))
                .contains("block nodes in /etc/hosts", "firewall rules")
                .allMatch(id -> id.startsWith("block nodes") || id.contains("firewall"));
    }

    /** A host that is to join later is not in the cluster, and would be waited for. */
    @Test
    void asksTheClusterForNothingOfNodesThatDoNotJoin() {
        Phase ready = new Phase() {
            @Override
            public String name() {
                return "server";
            }

            @Override
            public List<Step> steps(Site site) {
                return site.cluster().nodes().stream()
                        .map(node -> new Step(name(), new Target.OnCluster(), NodeCondition.ready(node.name())))
                        .toList();
            }
        };

        assertThat(JoinPhases.of(List.of(ready), Set.of(new NodeName("ultron")))
                        .get(0)
                        .steps(SITE))
                .extracting(step -> step.resource().id())
                .containsExactly("node ultron Ready");
    }
}
