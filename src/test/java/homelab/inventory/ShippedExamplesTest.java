package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Access;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedExamplesTest {

    private static Cluster example(String name) {
        return InventoryReader.read(Path.of("inventory", name + ".yaml"));
    }

    @Test
    void readsTwoPis() {
        Cluster cluster = example("two-pis");
        assertThat(cluster.servers()).extracting(node -> node.name().text()).containsExactly("jarvis");
        assertThat(cluster.agents()).extracting(node -> node.name().text()).containsExactly("ultron");
        assertThat(cluster.k3s().version()).hasToString("v1.33.4+k3s1");
    }

    @Test
    void readsThreeServersOfWhichOneIsThisMachine() {
        Cluster cluster = example("ha-mixed");
        Node vision = cluster.node(new NodeName("vision")).orElseThrow();
        assertThat(cluster.servers()).hasSize(3).contains(vision);
        assertThat(vision.access()).isInstanceOf(Access.Local.class);
        assertThat(vision.ip()).hasToString("10.0.1.20");
        assertThat(cluster.node(new NodeName("hulk")).orElseThrow().taints())
                .hasToString("[dedicated=cameras:NoSchedule]");
    }

    @Test
    void readsTenNodes() {
        Cluster cluster = example("ten-nodes");
        assertThat(cluster.nodes()).hasSize(10);
        assertThat(cluster.network().pods()).hasToString("10.52.0.0/16");
    }
}
