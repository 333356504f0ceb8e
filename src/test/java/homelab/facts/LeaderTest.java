package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.phase.Clusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaderTest {
    private static final String OURS = "aa".repeat(32);
    private static final String THEIRS = "bb".repeat(32);

    private final List<Node> nodes = new ArrayList<>(List.of(
            Clusters.node("jarvis", Role.SERVER, 10, 22),
            Clusters.node("vision", Role.SERVER, 11, 22),
            Clusters.node("friday", Role.SERVER, 12, 22),
            Clusters.node("ultron", Role.AGENT, 13, 22)));
    private final Map<NodeName, Facts> facts = new LinkedHashMap<>();

    @Test
    void findsTheServerThatAnswers() {
        has("vision", SampleFacts.server(OURS, "etcd"));
        has("jarvis", SampleFacts.noK3s());

        assertThat(leader()).contains("vision");
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        has("vision", SampleFacts.server(OURS, "etcd"));
        has("friday", SampleFacts.server(OURS, "etcd"));

        assertThat(leader()).contains("friday");
        Collections.reverse(nodes);
        assertThat(leader()).contains("friday");
    }

    @Test
    void aServerWhoseApiIsNotReadyLeadsNobody() {
        has("jarvis", with(SampleFacts.server(OURS, "etcd"), "active", false));

        assertThat(leader()).isEmpty();
    }

    @Test
    void aServerWhoseUnitIsNotUpLeadsNobody() {
        has("jarvis", with(SampleFacts.server(OURS, "etcd"), "deactivating", true));

        assertThat(leader()).isEmpty();
    }

    @Test
    void anAgentDoesNotLeadThoughItIsCalledServer() {
        has("jarvis", SampleFacts.agent(OURS));

        assertThat(leader()).isEmpty();
    }

    @Test
    void aServerOfAnotherClusterDoesNotLead() {
        has("friday", SampleFacts.server(THEIRS, "etcd"));
        has("vision", SampleFacts.server(OURS, "etcd"));
        has("ultron", SampleFacts.agent(OURS));

        assertThat(leader()).contains("vision");
    }

    @Test
    void nobodyLeadsWhereHostsAreDivided() {
        has("jarvis", SampleFacts.server(OURS, "etcd"));
        has("ultron", SampleFacts.agent(THEIRS));

        assertThat(leader()).isEmpty();
    }

    @Test
    void whatCouldNotBeLookedAtDoesNotLead() {
        facts.put(
                new NodeName("jarvis"),
                SampleFacts.fresh("jarvis", "10.0.1.10").unknown("k3s").build());

        assertThat(leader()).isEmpty();
    }

    private void has(String name, K3sState state) {
        facts.put(
                new NodeName(name),
                SampleFacts.fresh(name, "10.0.1.10").with("k3s", state).build());
    }

    private static K3sState with(K3sState server, String active, boolean apiReady) {
        SampleK3s other = SampleK3s.running("k3s").active(active).apiReady(apiReady);
        server.caSha256().ifPresent(other::ca);
        return other.datastore(server.datastore()).state();
    }

    private Optional<String> leader() {
        return Leader.find(cluster(), facts).map(node -> node.name().text());
    }

    private Cluster cluster() {
        return Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, nodes.toArray(Node[]::new));
    }
}
