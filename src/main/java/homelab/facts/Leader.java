package homelab.facts;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Who answers for the cluster. Found from facts, never from the file's order. */
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

    private static Optional<K3sState> k3s(Map<NodeName, Facts> facts, Node node) {
        Facts host = facts.get(node.name());
        return host == null ? Optional.empty() : host.k3s().known();
    }
}
