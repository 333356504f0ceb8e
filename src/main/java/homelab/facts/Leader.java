package homelab.facts;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who answers for the cluster, and whether there may be a new one. Found from facts, never from the file's order. */
public final class Leader {
    private Leader() {}

    /**
     * A server whose API answers and whose cluster is the one that most hosts belong to. Of several it is the first by
     * name, so that two runs ask the same one. Empty when as many hosts belong to another cluster.
     */
    public static Optional<Node> find(Cluster cluster, Map<NodeName, Facts> facts) {
        Optional<String> ca = mostKnownCa(facts);
        return cluster.servers().stream()
                .filter(node -> ca.isPresent()
                        && k3s(facts, node).filter(k3s -> answers(k3s, ca)).isPresent())
                .min(Comparator.comparing(Node::name));
    }

    private static boolean answers(K3sState k3s, Optional<String> ca) {
        return k3s.unit().equals(Optional.of("k3s"))
                && k3s.running()
                && k3s.apiReady()
                && k3s.caSha256().equals(ca);
    }

    private static Optional<String> mostKnownCa(Map<NodeName, Facts> facts) {
        Map<String, Integer> counts = new HashMap<>();
        facts.values().stream()
                .flatMap(host -> host.k3s().known().flatMap(K3sState::caSha256).stream())
                .forEach(ca -> counts.merge(ca, 1, Integer::sum));
        int most = counts.values().stream().max(Comparator.naturalOrder()).orElse(0);
        List<String> winners = counts.keySet().stream()
                .filter(ca -> Objects.equals(counts.get(ca), most))
                .toList();
        return winners.size() == 1 ? Optional.of(winners.get(0)) : Optional.empty();
    }

    /**
     * Asked when no leader was found: what speaks against going on, which would found a cluster. Nothing does when the
     * first server of the file holds the datastore: starting it goes on with the cluster that is there, since k3s
     * ignores all words about founding once it has data.
     *
     * <p>A kubeconfig context of the cluster's name speaks against it too; that is for the caller to look at.
     *
     * @param unreachable nodes that could not be looked at
     */
    public static Optional<Problem> mayFound(Cluster cluster, Map<NodeName, Facts> facts, Set<NodeName> unreachable) {
        if (holdsData(facts, cluster.servers().get(0))) {
            return Optional.empty();
        }
        List<String> against = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            against(node, facts, unreachable).ifPresent(against::add);
        }
        return against.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        cluster.name() + ": a second cluster would be founded beside one that may live",
                        String.join("; ", against),
                        "bring the servers that hold data up first (sudo systemctl start k3s); only if the old"
                                + " cluster is gone for good: --found-new-cluster"));
    }

    private static boolean holdsData(Map<NodeName, Facts> facts, Node node) {
        return k3s(facts, node).filter(k3s -> !k3s.datastore().equals("none")).isPresent();
    }

    /** An agent that is switched off proves nothing; one that knows a CA proves that there was a cluster. */
    private static Optional<String> against(Node node, Map<NodeName, Facts> facts, Set<NodeName> unreachable) {
        Facts host = facts.get(node.name());
        if (host == null || unreachable.contains(node.name())) {
            return node.isServer() ? Optional.of(node.name() + " could not be reached") : Optional.empty();
        }
        if (host.k3s() instanceof Reading.Unknown<K3sState> unknown) {
            return Optional.of("k3s on " + node.name() + " could not be looked at (" + unknown.why() + ")");
        }
        if (holdsData(facts, node)) {
            return Optional.of(node.name() + " holds a cluster's data, and its API does not answer");
        }
        boolean member = k3s(facts, node).flatMap(K3sState::caSha256).isPresent();
        return member && !node.isServer() ? Optional.of(node.name() + " belongs to a cluster") : Optional.empty();
    }

    private static Optional<K3sState> k3s(Map<NodeName, Facts> facts, Node node) {
        Facts host = facts.get(node.name());
        return host == null ? Optional.empty() : host.k3s().known();
    }
}
