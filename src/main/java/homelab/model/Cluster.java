package homelab.model;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything the inventory says.
 *
 * @param name also the kubeconfig's context name: a-z, 0-9 and '-', at most 63
 * @param knownHosts the known_hosts file to use; the user's own when absent
 * @param nodes in the order of the file; names and addresses differ, the number of servers is odd (an inventory has
 *     at least one)
 * @param addons what is installed by Helm
 * @param placements where pods are to run
 * @param mutes what doctor is not to tell
 * @param hardening what is done so that nodes outlive a bad night
 * @param outside how k3s reaches what is not the cluster
 */
public record Cluster(
        String name,
        Network network,
        K3s k3s,
        Optional<Path> knownHosts,
        List<Node> nodes,
        Addons addons,
        List<Placement> placements,
        List<Mute> mutes,
        Hardening hardening,
        Outside outside) {

    public Cluster {
        requireName(name);
        nodes = List.copyOf(nodes);
        placements = List.copyOf(placements);
        mutes = List.copyOf(mutes);
        distinct(nodes, Node::name);
        distinct(nodes, Node::ip);
        refuseEven(nodes.stream().filter(Node::isServer).count());
    }

    /** One whose k3s asks the registries themselves, directly. */
    public Cluster(
            String name,
            Network network,
            K3s k3s,
            Optional<Path> knownHosts,
            List<Node> nodes,
            Addons addons,
            List<Placement> placements,
            List<Mute> mutes,
            Hardening hardening) {
        this(name, network, k3s, knownHosts, nodes, addons, placements, mutes, hardening, Outside.DIRECT);
    }

    /** One whose pods run anywhere, and of which doctor tells all. */
    public Cluster(String name, Network network, K3s k3s, Optional<Path> knownHosts, List<Node> nodes, Addons addons) {
        this(name, network, k3s, knownHosts, nodes, addons, List.of(), List.of(), Hardening.USUAL);
    }

    /** The same cluster, of these nodes. */
    public Cluster with(List<Node> others) {
        return new Cluster(name, network, k3s, knownHosts, others, addons, placements, mutes, hardening, outside);
    }

    /** The same cluster, of this release. */
    public Cluster with(K3sVersion version) {
        K3s other = k3s.with(version);
        return new Cluster(name, network, other, knownHosts, nodes, addons, placements, mutes, hardening, outside);
    }

    /** The same cluster, reaching what is outside so. */
    public Cluster with(Outside other) {
        return new Cluster(name, network, k3s, knownHosts, nodes, addons, placements, mutes, hardening, other);
    }

    /** etcd needs more than half of its members, so an even member adds a way to fail and no way to survive. */
    private static void refuseEven(long servers) {
        if (servers > 0 && servers % 2 == 0) {
            throw new IllegalArgumentException(servers + " servers: their number is odd");
        }
    }

    /** @throws IllegalArgumentException when the text cannot name a cluster */
    public static String requireName(String name) {
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + name + "' is not 1 to 63 of a-z, 0-9 and '-'");
        }
        return name;
    }

    private static <T> void distinct(List<Node> nodes, Function<Node, T> part) {
        Set<T> seen = new HashSet<>();
        for (Node node : nodes) {
            if (!seen.add(part.apply(node))) {
                throw new IllegalArgumentException(part.apply(node) + " is there twice");
            }
        }
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
