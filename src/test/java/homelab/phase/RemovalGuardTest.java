package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.drain.Elsewhere;
import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalGuardTest {
    private static final String CA = "aa".repeat(32);
    private static final Cluster HA = SampleSite.haMixed();
    private static final Storage NO_DATA = new Storage(List.of(), List.of());
    private static final Elsewhere NO_PODS = Elsewhere.of("hulk", "", "", "");
    private static final String MUSIC = """
            {"items": [{"metadata": {"name": "pv-1"}, "spec": {"local": {"path": "/x"}, "capacity": {"storage": "1Gi"},
              "claimRef": {"namespace": "default", "name": "music"}, "nodeAffinity": {"required": {"nodeSelectorTerms": [
                {"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["hulk"]}]}]}}}}]}
            """;

    private static Site site(int serversUp) {
        Map<NodeName, Facts> facts = new HashMap<>();
        HA.servers().stream()
                .limit(serversUp)
                .forEach(node -> facts.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .with("k3s", SampleFacts.server(CA, "etcd"))
                                .build()));
        return new Site(HA, facts, Optional.of(HA.servers().get(0)), Map.of(), Optional.empty());
    }

    private static List<Finding> server(int up, int voters, boolean dead, boolean even) {
        Node last = HA.servers().get(2);
        return new RemovalGuard(site(up), last, dead, Optional.of(voters), NO_DATA, NO_PODS).findings(even, Set.of());
    }

    private static List<Finding> agent(Storage storage, String... given) {
        Node hulk = HA.agents().get(0);
        return new RemovalGuard(site(3), hulk, false, Optional.empty(), storage, NO_PODS)
                .findings(false, Set.of(given));
    }

    @Test
    void refusesAnEvenNumberOfServersUntilItIsAgreedTo() {
        assertThat(server(3, 3, false, false))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().why())
                .asString()
                .contains("etcd of 2 needs 2 of them");
        assertThat(server(3, 3, false, true)).singleElement().matches(finding -> !finding.refused());
    }

    @Test
    void onlyTellsAnEvenNumberWhenOneOfThemIsDead() {
        assertThat(server(2, 3, true, false)).singleElement().matches(finding -> !finding.refused());
    }

    @Test
    void refusesTheSecondOfThreeServersWhenOneIsDown() {
        assertThat(server(1, 3, false, true))
                .filteredOn(Finding::refused)
                .extracting(finding -> finding.problem().why())
                .containsExactly("1 of the 2 members that are left would answer, and 2 are needed");
    }

    @Test
    void theSecondOfTwoMayGo() {
        Node last = HA.servers().get(2);
        assertThat(new RemovalGuard(site(1), last, false, Optional.of(2), NO_DATA, NO_PODS).findings(false, Set.of()))
                .isEmpty();
    }

    @Test
    void refusesDataThatLiesOnTheNodeAloneUntilItIsNamed() {
        Storage music = Storage.of(MUSIC, "", "", "");

        assertThat(agent(music))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().fix())
                .asString()
                .endsWith("--lose-data default/music");
        assertThat(agent(music, "default/films")).singleElement().matches(Finding::refused);
        assertThat(agent(music, "default/music")).singleElement().matches(finding -> !finding.refused());
    }

    @Test
    void dataOfAnotherNodeIsNotItsConcern() {
        assertThat(agent(Storage.of(MUSIC.replace("hulk", "jarvis"), "", "", "")))
                .isEmpty();
    }
}
