package homelab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final Network NETWORK = network("10.0.1.0/24", "10.42.0.0/16", "10.43.0.0/16", Optional.empty());

    private static Network network(String lan, String pods, String services, Optional<String> dns) {
        return new Network(
                Cidr.parse(lan), Cidr.parse(pods), Cidr.parse(services), List.of(), List.of(), dns.map(Ip::parse));
    }

    private static K3s k3s(Map<String, Object> config) {
        return new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://example.org"),
                URI.create("https://example.org"),
                false,
                List.of(),
                true,
                true,
                Backend.VXLAN,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                config,
                Optional.empty(),
                Optional.empty());
    }

    private static Node node(String name, Role role, int last) {
        Ip ip = Ip.parse("10.0.1." + last);
        Access access = new Access.Ssh(ip, 22, "pi", Optional.empty(), Optional.empty());
        return new Node(
                new NodeName(name), role, access, ip, true, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    private static Cluster cluster(Node... nodes) {
        return new Cluster("home", NETWORK, k3s(Map.of()), Optional.empty(), List.of(nodes), Addons.NONE);
    }

    @Test
    void tellsServersFromAgents() {
        Cluster cluster = cluster(node("jarvis", Role.SERVER, 10), node("ultron", Role.AGENT, 11));
        assertThat(cluster.servers()).extracting(Node::name).containsExactly(new NodeName("jarvis"));
        assertThat(cluster.agents()).extracting(Node::name).containsExactly(new NodeName("ultron"));
        assertThat(cluster.node(new NodeName("ultron"))).isPresent();
        assertThat(cluster.node(new NodeName("friday"))).isEmpty();
    }

    @Test
    void changesTheRoleOfThoseThatAreNamed() {
        Cluster changed = cluster(node("jarvis", Role.SERVER, 10), node("ultron", Role.AGENT, 11))
                .with(Set.of(new NodeName("ultron")), Role.SERVER);

        assertThat(changed.servers())
                .extracting(Node::name)
                .containsExactly(new NodeName("jarvis"), new NodeName("ultron"));
    }

    @Test
    void refusesTheSameNameOrAddressTwice() {
        Node jarvis = node("jarvis", Role.SERVER, 10);
        assertThatThrownBy(() -> cluster(jarvis, node("jarvis", Role.AGENT, 11)))
                .hasMessageContaining("jarvis is");
        assertThatThrownBy(() -> cluster(jarvis, node("ultron", Role.AGENT, 10)))
                .hasMessageContaining("10.0.1.10 is");
    }

    @Test
    void refusesNamesThatNoKubeconfigContextShouldHave() {
        for (String name : List.of("", "My Home", "-home", "home-", "a".repeat(64))) {
            assertThatThrownBy(() -> Cluster.requireName(name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Cluster.requireName("home-2")).isEqualTo("home-2");
    }

    @Test
    void doesNotChangeWithTheListItWasMadeOf() {
        List<Node> nodes = new ArrayList<>(List.of(node("jarvis", Role.SERVER, 10)));
        Cluster cluster = new Cluster("home", NETWORK, k3s(Map.of()), Optional.empty(), nodes, Addons.NONE);
        nodes.clear();
        assertThat(cluster.nodes()).hasSize(1);
    }

    @Test
    void refusesNetworksThatOverlap() {
        assertThatThrownBy(() -> network("10.42.1.0/24", "10.42.0.0/16", "10.43.0.0/16", Optional.empty()))
                .hasMessage("10.42.1.0/24 overlaps 10.42.0.0/16");
        assertThatThrownBy(() -> network("10.43.1.0/24", "10.42.0.0/16", "10.43.0.0/16", Optional.empty()))
                .hasMessage("10.43.1.0/24 overlaps 10.43.0.0/16");
        assertThatThrownBy(() -> network("10.0.1.0/24", "10.42.0.0/15", "10.43.0.0/16", Optional.empty()))
                .hasMessage("10.42.0.0/15 overlaps 10.43.0.0/16");
        assertThatThrownBy(() -> new Network(
                        NETWORK.lan(),
                        NETWORK.pods(),
                        NETWORK.services(),
                        List.of(NETWORK.pods()),
                        List.of(),
                        Optional.empty()))
                .hasMessageContaining("overlaps");
    }

    @Test
    void refusesADnsAddressOutsideOfTheServices() {
        assertThatThrownBy(() -> network("10.0.1.0/24", "10.42.0.0/16", "10.43.0.0/16", Optional.of("10.44.0.10")))
                .hasMessage("the DNS address 10.44.0.10 is not in 10.43.0.0/16");
    }

    @Test
    void refusesConfigurationThatHomelabWrites() {
        assertThatThrownBy(() -> k3s(Map.of("server", "x"))).hasMessage("'server' is written by homelab");
        assertThatThrownBy(() -> k3s(Map.of("etcd-snapshot-dir", "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> k3s(Map.of("disable+", "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(k3s(Map.of("debug", true)).config()).containsEntry("debug", true);
    }

    @Test
    void keepsTheOrderOfFreeConfiguration() {
        Map<String, Object> config = new LinkedHashMap<>();
        for (String key : List.of("z", "m", "a", "k", "b")) {
            config.put(key, "x");
        }
        assertThat(k3s(config).config().keySet()).containsExactly("z", "m", "a", "k", "b");
    }

    @Test
    void refusesAnOpenPortThatCannotBe() {
        List<Cidr> lan = List.of(NETWORK.lan());
        assertThatThrownBy(() -> new Allow(0, "tcp", lan, "x")).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> new Allow(80, "icmp", lan, "x")).hasMessageContaining("tcp or udp");
        assertThatThrownBy(() -> new Allow(80, "tcp", List.of(), "x")).hasMessageContaining("nobody");
        for (String why : List.of("", "two\nlines", "it's", "x".repeat(101))) {
            assertThatThrownBy(() -> new Allow(80, "tcp", lan, why)).hasMessageContaining("comment");
        }
        assertThat(new Allow(65535, "udp", lan, "Küche (1)").why()).isEqualTo("Küche (1)");
    }
}
