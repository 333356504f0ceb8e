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
 * @param nodes in the order of the file; names and addresses differ. An inventory has an odd number of servers; while
 *     roles change there may be an even one
 * @param addons what is installed by Helm
 * @param placements where pods are to run
 * @param mutes what doctor is not to tell
 * @param hardening what is done so that nodes outlive a bad night
 * @param outside how k3s reaches what is not the cluster
 * @param backup what of the nodes' own data is copied elsewhere
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
        Outside outside,
        Optional<Backup> backup) {

    public Cluster {
        requireName(name);
        nodes = List.copyOf(nodes);
        placements = List.copyOf(placements);
        mutes = List.copyOf(mutes);
        distinct(nodes, Node::name);
        distinct(nodes, Node::ip);
    }

    /** One of which no data is copied. */
    public Cluster(
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
        this(name, network, k3s, knownHosts, nodes, addons, placements, mutes, hardening, outside, Optional.empty());
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
        return new Cluster(
                name, network, k3s, knownHosts, others, addons, placements, mutes, hardening, outside, backup);
    }

    /** The same cluster, with these nodes in that role. */
    public Cluster with(Set<NodeName> names, Role role) {
        return with(nodes.stream()
                .map(node -> names.contains(node.name()) ? node.with(role) : node)
                .toList());
    }

    /** The same cluster, of this release. */
    public Cluster with(K3sVersion version) {
        K3s other = k3s.with(version);
        return new Cluster(
                name, network, other, knownHosts, nodes, addons, placements, mutes, hardening, outside, backup);
    }

    /** The same cluster, with its data in embedded etcd. */
    public Cluster inEtcd() {
        return new Cluster(
                name, network, k3s.inEtcd(), knownHosts, nodes, addons, placements, mutes, hardening, outside, backup);
    }

    /** The same cluster, reaching what is outside so. */
    public Cluster with(Outside other) {
        return new Cluster(name, network, k3s, knownHosts, nodes, addons, placements, mutes, hardening, other, backup);
    }

    /** The same cluster, of which this is copied. */
    public Cluster with(Backup other) {
        return new Cluster(
                name,
                network,
                k3s,
                knownHosts,
                nodes,
                addons,
                placements,
                mutes,
                hardening,
                outside,
                Optional.of(other));
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
