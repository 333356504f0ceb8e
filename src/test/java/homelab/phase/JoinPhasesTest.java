package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.plan.Target;
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
}
