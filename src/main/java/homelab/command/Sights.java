package homelab.command;

import homelab.adopt.Found;
import homelab.facts.Facts;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.run.Fleet;
import homelab.run.Parallel;
import homelab.run.Time;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one look at all hosts has told, by the order of the inventory. */
record Sights(Map<NodeName, Sight> all) {

    /** How a host is asked: what cannot be asked is Unknown, or a failure. */
    interface Asked {
        Readings of(Host host, List<Probe<?>> probes, Script.As as);
    }

    /**
     * A change of the token that is under way.
     *
     * @param server whose token the others are to get
     * @param before SHA-256 of the token of before
     */
    record TokenChange(NodeName server, String before) {}

    /** Asks these, at the same time. @throws homelab.problem.Failure with all that the asking refuses */
    static Sights of(Fleet fleet, List<Node> nodes, Asked asked, Time time) {
        Map<NodeName, Sight> all = new LinkedHashMap<>();
        Parallel.allOrFail(Parallel.each(nodes, node -> Sight.of(node, fleet.host(node.name()), asked, time)))
                .forEach((node, sight) -> all.put(node.name(), sight));
        return new Sights(all);
    }

    Map<NodeName, Facts> facts() {
        return each(Sight::facts);
    }

    Map<NodeName, Set<String>> left() {
        return each(Sight::left);
    }

    /** Where something of others was found, or nobody knows. */
    Map<NodeName, Reading<Optional<Found>>> others() {
        Map<NodeName, Reading<Optional<Found>>> others = each(Sight::found);
        others.values().removeIf(new Reading.Known<>(Optional.<Found>empty())::equals);
        return others;
    }

    /** Of the servers that have one. */
    Map<NodeName, Secret> tokens() {
        Map<NodeName, Secret> tokens = new LinkedHashMap<>();
        all.forEach((name, sight) -> sight.token().ifPresent(token -> tokens.put(name, token)));
        return tokens;
    }

    /** The cluster's: of the server that has a new one, or else of the leader, or else of any. */
    Optional<Secret> token(Optional<Node> leader) {
        Map<NodeName, Secret> tokens = tokens();
        return changing()
                .map(TokenChange::server)
                .or(() -> leader.map(Node::name))
                .flatMap(name -> Optional.ofNullable(tokens.get(name)))
                .or(() -> tokens.values().stream().findFirst());
    }

    Optional<TokenChange> changing() {
        return all.entrySet().stream()
                .flatMap(sight ->
                        sight.getValue().before().map(before -> new TokenChange(sight.getKey(), before)).stream())
                .findFirst();
    }

    private <T> Map<NodeName, T> each(Function<Sight, T> part) {
        Map<NodeName, T> parts = new LinkedHashMap<>();
        all.forEach((name, sight) -> parts.put(name, part.apply(sight)));
        return parts;
    }
}
