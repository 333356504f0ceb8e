package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.facts.SampleFacts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResetGuardTest {
    private static final String CA = "aa".repeat(32);
    private static final String OTHER = "bb".repeat(32);
    private static final Cluster TWO = SampleSite.twoPis();
    private static final Cluster HA = SampleSite.haMixed();

    private static Site site(Cluster cluster, Map<String, K3sState> k3s) {
        Map<NodeName, Facts> facts = new HashMap<>();
        cluster.nodes()
                .forEach(node -> facts.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .with("k3s", k3s.getOrDefault(node.name().text(), SampleFacts.noK3s()))
                                .build()));
        return new Site(cluster, facts, Optional.empty(), Map.of(), Optional.empty());
    }

    private static Node node(Cluster cluster, String name) {
        return cluster.node(new NodeName(name)).orElseThrow();
    }

    private static List<String> why(
            Site site, List<Node> nodes, boolean all, Optional<String> kubeconfig, Set<Node> members) {
        return new ResetGuard(site, nodes, all, kubeconfig, members)
                .against().stream().map(Problem::what).toList();
    }

    @Test
    void refusesAHostOfAnotherClusterThanTheKubeconfigKnows() {
        Site site = site(TWO, Map.of("jarvis", SampleFacts.server(CA, "etcd"), "ultron", SampleFacts.agent(OTHER)));

        assertThat(why(site, TWO.nodes(), true, Optional.of(CA), Set.of()))
                .containsExactly("ultron: belongs to another cluster");
        assertThat(why(site, TWO.nodes(), true, Optional.of(OTHER), Set.of()))
                .containsExactly("jarvis: belongs to another cluster");
    }

    @Test
    void refusesAllWhenNobodySaysWhichOfTwoClustersIsMeant() {
        Site site = site(TWO, Map.of("jarvis", SampleFacts.server(CA, "etcd"), "ultron", SampleFacts.agent(OTHER)));

        assertThat(why(site, TWO.nodes(), true, Optional.empty(), Set.of())).hasSize(2);
    }

    @Test
    void theOnlyServerGoesWithTheWholeClusterOrNotAtAll() {
        Site site = site(TWO, Map.of("jarvis", SampleFacts.server(CA, "etcd")));
        List<Node> jarvis = List.of(node(TWO, "jarvis"));

        assertThat(why(site, jarvis, false, Optional.of(CA), Set.of()))
                .containsExactly("jarvis: is the only server of home");
        assertThat(why(site, TWO.nodes(), true, Optional.of(CA), Set.of())).isEmpty();
    }

    @Test
    void aServerThatEtcdCountsIsTakenOutFirst() {
        Node server = HA.servers().get(1);
        Site site = site(HA, Map.of(server.name().text(), SampleFacts.server(CA, "etcd")));

        assertThat(why(site, List.of(server), false, Optional.of(CA), Set.of(server)))
                .containsExactly(server.name() + ": is a member of a cluster that lives, and of its etcd");
        assertThat(why(site, List.of(server), false, Optional.of(CA), Set.of())).isEmpty();
    }

    @Test
    void aHostThatIsBareAlreadyIsNoReasonToRefuse() {
        Site site = site(TWO, Map.of());

        assertThat(why(site, List.of(node(TWO, "jarvis")), false, Optional.empty(), Set.of()))
                .isEmpty();
    }
}
