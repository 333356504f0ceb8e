package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Node;
import homelab.phase.SampleSite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PowerDownTest {
    @Test
    void agentsFirstAndTheServerThatAnswersLast() {
        List<Node> nodes = SampleSite.haMixed().nodes();
        Node leader = nodes.stream().filter(Node::isServer).findFirst().orElseThrow();

        List<Node> order = PowerDown.inOrder(nodes, Optional.of(leader));

        assertThat(order).containsExactlyInAnyOrderElementsOf(nodes).endsWith(leader);
        assertThat(order.stream().map(Node::isServer)).isSorted();
    }
}
