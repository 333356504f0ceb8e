package homelab.phase;

import homelab.model.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node has to be told of another for copies to go between them.
 *
 * @param keys public halves of the nodes' keys; none of a node that has none yet or did not answer
 * @param hostKeys how a node shows at its sshd that it is itself: type and key
 * @param authorized the lines that are at a node by which others come in
 */
public record BackupSeen(
        Map<NodeName, String> keys, Map<NodeName, List<String>> hostKeys, Map<NodeName, List<String>> authorized) {

    public BackupSeen {
        keys = Map.copyOf(keys);
        hostKeys = Map.copyOf(hostKeys);
        authorized = Map.copyOf(authorized);
    }

    Optional<String> key(NodeName node) {
        return Optional.ofNullable(keys.get(node));
    }

    List<String> hostKeys(NodeName node) {
        return hostKeys.getOrDefault(node, List.of());
    }

    /** The line of a node that is there already, which stays while that node does not answer. */
    Optional<String> line(NodeName at, NodeName of) {
        return authorized.getOrDefault(at, List.of()).stream()
                .filter(line -> line.endsWith(" " + of))
                .findFirst();
    }
}
