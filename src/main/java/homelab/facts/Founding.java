package homelab.facts;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to happen so that the cluster has a server that answers. Decided from facts alone, never from the order of
 * the file, and so that there is never a second cluster beside the first.
 */
public sealed interface Founding {

    /** There is one; everything goes through it. */
    record Lives(Node leader) implements Founding {}

    /**
     * None answers, and these hold the cluster's data. To start them founds nothing: with data k3s goes on with what it
     * has. All are started together, since one alone may be less than a quorum.
     */
    record Sleeps(List<Node> holders) implements Founding {
        public Sleeps {
            holders = List.copyOf(holders);
        }
    }

    /** There is no trace of a cluster on any host, and all servers were looked at: this one founds it. */
    record Bare(Node founder) implements Founding {}

    /**
     * A cluster may live where nobody could look.
     *
     * @param founder who would found another one, should the user say that the old one is gone
     */
    record Doubtful(Node founder, Problem against) implements Founding {}

    /** @param facts of the hosts that were reached; one that is missing could not be looked at */
    static Founding of(Cluster cluster, Map<NodeName, Facts> facts) {
        Optional<Node> leader = Leader.find(cluster, facts);
        if (leader.isPresent()) {
            return new Lives(leader.get());
        }
        List<Node> holders = cluster.servers().stream()
                .filter(node -> k3s(facts, node).filter(K3sState::holdsData).isPresent())
                .toList();
        if (!holders.isEmpty()) {
            return new Sleeps(holders);
        }
        Node founder = founder(cluster, facts);
        List<String> against = new ArrayList<>();
        cluster.nodes().forEach(node -> against(node, founder, facts).ifPresent(against::add));
        return against.isEmpty() ? new Bare(founder) : new Doubtful(founder, problem(cluster, against));
    }

    /** A founding that was cut off has left a CA; it is gone on with there. */
    private static Node founder(Cluster cluster, Map<NodeName, Facts> facts) {
        List<Node> servers = cluster.servers();
        return servers.stream()
                .filter(node -> knowsCa(facts, node))
                .findFirst()
                .or(() -> servers.stream()
                        .filter(node -> facts.containsKey(node.name()))
                        .findFirst())
                .orElse(servers.get(0));
    }

    private static boolean knowsCa(Map<NodeName, Facts> facts, Node node) {
        return k3s(facts, node).flatMap(K3sState::caSha256).isPresent();
    }

    /**
     * A host gets its node password (/etc/rancher/node/password) when its kubelet joins through an API that answers: a
     * founding that was cut off has not come so far.
     */
    private static boolean hasLived(Map<NodeName, Facts> facts, Node node) {
        return k3s(facts, node).filter(K3sState::password).isPresent();
    }

    private static Problem problem(Cluster cluster, List<String> against) {
        return Problem.of(
                cluster.name() + ": a second cluster would be founded beside one that may live",
                String.join("; ", against),
                "bring a server that holds the cluster's data back; only if the old cluster is gone for good:"
                        + " --found-new-cluster");
    }

    /** An agent that is switched off proves nothing; one that knows a CA proves that there was a cluster. */
    private static Optional<String> against(Node node, Node founder, Map<NodeName, Facts> facts) {
        Facts host = facts.get(node.name());
        if (host == null) {
            return node.isServer() ? Optional.of(node.name() + " could not be reached") : Optional.empty();
        }
        if (host.k3s() instanceof Reading.Unknown<K3sState> unknown) {
            return Optional.of("k3s on " + node.name() + " could not be looked at (" + unknown.why() + ")");
        }
        if (!knowsCa(facts, node) || node.equals(founder) && !hasLived(facts, node)) {
            return Optional.empty();
        }
        return Optional.of(
                node.isServer()
                        ? node.name() + " was a server of a cluster and has lost its data"
                        : node.name() + " belongs to a cluster");
    }

    private static Optional<K3sState> k3s(Map<NodeName, Facts> facts, Node node) {
        return Optional.ofNullable(facts.get(node.name()))
                .flatMap(host -> host.k3s().known());
    }
}
