package homelab.phase.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import homelab.model.Addons;
import homelab.model.Allow;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.Role;
import homelab.phase.Clusters;
import homelab.resource.UfwRule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningsTest {

    private static String openings(Cluster cluster) {
        StringBuilder text = new StringBuilder();
        for (Node node : cluster.nodes()) {
            text.append(node.name()).append('\n');
            Openings.of(cluster, node)
                    .forEach(rule -> text.append("  ").append(rule.text()).append('\n'));
        }
        return text.toString();
    }

    @Test
    void ofTwoPisAreTheseAndNoOthers() {
        assertThat(openings(Clusters.twoPis())).isEqualTo(golden("two-pis"));
    }

    @Test
    void ofThreeServersAnAgentAndApplicationsAreTheseAndNoOthers() {
        List<Cidr> anywhere = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));
        Cluster cluster = Clusters.of(
                Backend.WIREGUARD,
                List.of(
                        new Allow(443, "tcp", anywhere, "web"),
                        new Allow(53, "udp", List.of(Cidr.parse("10.0.1.0/24")), "Pi-hole"),
                        new Allow(6443, "tcp", List.of(Cidr.parse("10.0.1.0/24")), "already open")),
                Addons.NONE,
                Clusters.node("a", Role.SERVER, 10, 22),
                Clusters.node("b", Role.SERVER, 11, 2222),
                Clusters.node("c", Role.SERVER, 12, 22),
                Clusters.node("d", Role.AGENT, 13, 22));
        Network network = cluster.network();
        Network vpn = new Network(
                network.lan(),
                network.pods(),
                network.services(),
                List.of(Cidr.parse("10.8.0.0/24")),
                network.allow(),
                Optional.empty());
        assertThat(openings(Clusters.with(cluster, vpn))).isEqualTo(golden("ha-mixed"));
    }

    @Test
    void openNoTunnelPortWithoutATunnel() {
        Node one = Clusters.node("a", Role.SERVER, 10, 22);
        Cluster cluster =
                Clusters.of(Backend.HOST_GW, List.of(), Addons.NONE, one, Clusters.node("b", Role.AGENT, 11, 22));
        assertThat(Openings.of(cluster, one)).extracting(UfwRule::text).noneMatch(text -> text.contains("udp"));
    }

    @Test
    void beginWithSsh() {
        Cluster cluster = Clusters.twoPis();
        assertThat(Openings.of(cluster, cluster.nodes().get(0)).get(0).text())
                .startsWith("allow 22/tcp from 10.0.1.0/24");
    }

    private static String golden(String name) {
        return contentOf(OpeningsTest.class.getResource("/firewall/" + name + ".txt"));
    }
}
