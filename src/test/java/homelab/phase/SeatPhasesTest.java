package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.FreeSeat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeatPhasesTest {
    private static final Cluster HA = SampleSite.haMixed();
    private static final Node JARVIS = HA.servers().get(0);
    private static final Node VISION = HA.servers().get(2);
    private static final Node HULK = HA.agents().get(0);

    private static Site site(int serversUp) {
        Map<NodeName, Facts> facts = new HashMap<>();
        HA.servers().stream()
                .limit(serversUp)
                .forEach(node -> facts.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .with("k3s", SampleFacts.server("aa".repeat(32), "etcd"))
                                .build()));
        return new Site(HA, facts, Optional.of(JARVIS), Map.of(), Optional.empty());
    }

    /** Asks whether the seats of both are free. */
    private static Phase seats() {
        return new OfSteps("config", site -> List.of(seat(VISION), seat(HULK)));
    }

    private static Step seat(Node node) {
        return new Step(
                "config",
                new Target.OnHost(JARVIS.name()),
                new FreeSeat(node.name(), node.ip(), node.isServer(), false));
    }

    private static List<String> told(Node... anew) {
        return new SeatPhases(JARVIS, List.of(anew))
                .before(List.of(seats())).stream()
                        .flatMap(phase -> phase.steps(site(2)).stream())
                        .map(step -> step.target() + " " + step.resource().id())
                        .toList();
    }

    @Test
    void aServersOldLifeIsTakenOutOfTheApiAndOfEtcdAndTheOthersSeatIsStillAsked() {
        assertThat(told(VISION))
                .containsExactly(
                        "jarvis member vision",
                        "jarvis etcd without vision",
                        "jarvis password of vision",
                        "jarvis seat of hulk");
    }

    @Test
    void anAgentHasNoMember() {
        assertThat(told(HULK))
                .containsExactly("jarvis member hulk", "jarvis password of hulk", "jarvis seat of vision");
    }

    @Test
    void nobodysSeatIsTouchedWithoutProof() {
        assertThat(told()).containsExactly("jarvis seat of vision", "jarvis seat of hulk");
    }

    @Test
    void etcdMustDoWithoutTheMember() {
        SeatPhases seats = new SeatPhases(JARVIS, List.of(VISION));

        assertThat(seats.findings(site(2), Optional.of(3))).singleElement().matches(finding -> !finding.refused());
        assertThat(seats.findings(site(1), Optional.of(3))).singleElement().matches(Finding::refused);
        assertThat(seats.findings(site(2), Optional.empty())).singleElement().matches(Finding::refused);
    }
}
