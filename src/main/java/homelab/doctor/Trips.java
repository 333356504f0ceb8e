package homelab.doctor;

import homelab.check.SnapshotProbes;
import homelab.facts.FactProbes;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of hosts for a set of checks, in two trips: the second needs what the first one brought. */
public final class Trips {
    private final Cluster cluster;
    private final List<Check> checks;

    public Trips(Cluster cluster, List<Check> checks) {
        this.cluster = cluster;
        this.checks = List.copyOf(checks);
    }

    /** As they are to be asked: answers are kept as they come. */
    public List<Probe<?>> first(Node node) {
        List<Probe<?>> probes = new ArrayList<>(FactProbes.all(node));
        probes.addAll(SnapshotProbes.first(node));
        checks.forEach(check -> probes.addAll(check.probes(cluster, node)));
        return raw(probes);
    }

    /** @param house as the first trip showed it */
    public List<Probe<?>> second(House house, Node node) {
        List<Probe<?>> probes = new ArrayList<>(SnapshotProbes.second(cluster, node, house.looks()));
        checks.forEach(check -> probes.addAll(check.then(house, node)));
        return raw(probes);
    }

    /** The server that is asked for the API's lists. */
    public Optional<NodeName> lister(House house) {
        return SnapshotProbes.leader(cluster, house.looks());
    }

    /** Each once, whichever checks want it; of two with the same name their fields together. */
    public List<Listing> listings() {
        Map<String, Listing> byName = new LinkedHashMap<>();
        checks.stream()
                .flatMap(check -> check.listings().stream())
                .forEach(listing -> byName.merge(listing.name(), listing, Listing::and));
        return List.copyOf(byName.values());
    }

    private static List<Probe<?>> raw(List<Probe<?>> probes) {
        Map<String, Probe<?>> byId = new LinkedHashMap<>();
        probes.forEach(probe -> byId.putIfAbsent(probe.id(), probe.raw()));
        return List.copyOf(byId.values());
    }
}
