package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
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
        return new ResetGuard(site, nodes, all, kubeconfig, members, Optional.of(3))
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
    void aServerOfThreeMayLeaveWhenTheOtherTwoAnswer() {
        List<Node> servers = HA.servers();
        K3sState runs = SampleFacts.server(CA, "etcd");
        Map<String, K3sState> all = new HashMap<>();
        servers.forEach(server -> all.put(server.name().text(), runs));
        Node first = servers.get(0);

        assertThat(why(site(HA, all), List.of(first), false, Optional.of(CA), Set.of(first)))
                .isEmpty();
        all.put(
                servers.get(1).name().text(),
                SampleK3s.running("k3s").ca(CA).datastore("etcd").state());
        assertThat(leaving(site(HA, all), List.of(first), Optional.of(3)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo(first.name() + ": etcd cannot do without it now");
                    assertThat(problem.why())
                            .isEqualTo("1 of the 2 members that are left would answer, and 2 are needed");
                });
        assertThat(leaving(site(HA, all), List.of(first), Optional.of(2)))
                .as("the one that is down is no member any more")
                .isEmpty();
    }

    @Test
    void serversLeaveOneAtATimeAndNeverUnseen() {
        List<Node> two = HA.servers().subList(0, 2);
        K3sState runs = SampleFacts.server(CA, "etcd");
        Map<String, K3sState> all = new HashMap<>();
        HA.servers().forEach(server -> all.put(server.name().text(), runs));

        assertThat(leaving(site(HA, all), two, Optional.of(3)))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.why()).startsWith("several servers at once"));
        assertThat(leaving(site(HA, all), two.subList(0, 1), Optional.empty()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).isEqualTo("no other server tells the members of etcd"));
    }

    private static List<Problem> leaving(Site site, List<Node> nodes, Optional<Integer> voters) {
        return new ResetGuard(site, nodes, false, Optional.of(CA), Set.copyOf(nodes), voters).against();
    }

    @Test
    void aHostThatIsBareAlreadyIsNoReasonToRefuse() {
        Site site = site(TWO, Map.of());

        assertThat(why(site, List.of(node(TWO, "jarvis")), false, Optional.empty(), Set.of()))
                .isEmpty();
    }
}
