package homelab.phase.longhorn;

import homelab.model.Cluster;
import homelab.model.Node;
import java.util.List;

/**
 * The nodes that hold Longhorn's data: those that the inventory gives Longhorn's own label, or all when none has it.
 *
 * @param labelled whether it is by label
 */
public record StorageNodes(List<Node> nodes, boolean labelled) {
    /** Honoured while a node has no disks yet (Longhorn 1.11, Default Disks and Node Configuration). */
    public static final String LABEL = Node.STORES;

    public StorageNodes {
        nodes = List.copyOf(nodes);
    }

    public static StorageNodes of(Cluster cluster) {
        List<Node> labelled = cluster.nodes().stream()
                .filter(node ->
                        node.labels().stream().anyMatch(label -> label.key().equals(LABEL)))
                .toList();
        return labelled.isEmpty() ? new StorageNodes(cluster.nodes(), false) : new StorageNodes(labelled, true);
    }

    int count() {
        return nodes.size();
    }

    /** "2 of 3 nodes store data". */
    String told(Cluster cluster) {
        int all = cluster.nodes().size();
        String verb = count() == 1 ? " stores data" : " store data";
        return count() + (count() == all ? "" : " of " + all) + (all == 1 ? " node" : " nodes") + verb;
    }
}
