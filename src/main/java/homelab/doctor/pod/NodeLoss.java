package homelab.doctor.pod;

import homelab.doctor.Item;
import homelab.doctor.Objects;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the others have memory for the pods of a node that is lost. By sums alone: the true scheduler may find less room,
 * never more. The only server is left out, since without it nothing is placed anywhere.
 */
final class NodeLoss {
    private static final String SERVER = "node-role.kubernetes.io/control-plane";
    private static final long MIB = 1 << 20;

    private final List<Item> nodes;
    private final Map<String, List<Pod>> byNode;

    /** What is short, and the sums. */
    record Tight(String what, String evidence) {}

    NodeLoss(List<Item> nodes, Map<String, List<Pod>> byNode) {
        this.nodes = nodes;
        this.byNode = byNode;
    }

    /** The first node whose loss leaves pods without a place; empty with one node. */
    Optional<Tight> tight() {
        long servers = nodes.stream().filter(NodeLoss::isServer).count();
        return nodes.stream()
                .filter(Objects::isOpen)
                .filter(node -> servers > 1 || !isServer(node))
                .flatMap(node -> without(node).stream())
                .findFirst();
    }

    private static boolean isServer(Item node) {
        return node.map("metadata.labels").containsKey(SERVER);
    }

    private Optional<Tight> without(Item lost) {
        long homeless = pods(lost).stream()
                .filter(pod -> !pod.ownedBy("daemonset") && !pod.ownedBy("node"))
                .mapToLong(pod -> pod.memory("requests"))
                .sum();
        long room = nodes.stream()
                .filter(node -> Objects.isOpen(node) && !node.name().equals(lost.name()))
                .mapToLong(this::room)
                .sum();
        return homeless <= room
                ? Optional.empty()
                : Optional.of(new Tight(
                        "the other nodes have no memory for the pods of " + lost.name() + ", should it be lost",
                        homeless / MIB + " MiB are requested there, " + room / MIB + " MiB are free on the others"));
    }

    private List<Pod> pods(Item node) {
        return byNode.getOrDefault(node.name(), List.of());
    }

    private long room(Item node) {
        long taken =
                pods(node).stream().mapToLong(pod -> pod.memory("requests")).sum();
        return Math.max(0, node.quantity("status.allocatable.memory").orElse(0L) - taken);
    }
}
