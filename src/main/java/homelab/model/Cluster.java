package homelab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the inventory says.
 *
 * @param name also the kubeconfig's context name
 * @param knownHosts the known_hosts file to use; the user's own when absent
 * @param nodes in the order of the file
 * @param addons name to settings; read now, acted on by the add-on phases
 */
public record Cluster(
        String name,
        Network network,
        K3s k3s,
        Optional<Path> knownHosts,
        List<Node> nodes,
        Map<String, Map<String, Object>> addons) {

    public Cluster {
        nodes = List.copyOf(nodes);
        addons = Map.copyOf(addons);
    }

    public List<Node> servers() {
        return nodes.stream().filter(Node::isServer).toList();
    }

    public List<Node> agents() {
        return nodes.stream().filter(node -> !node.isServer()).toList();
    }

    public Optional<Node> node(NodeName name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
