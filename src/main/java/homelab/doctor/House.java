package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.check.Condition;
import homelab.check.Conditions;
import homelab.check.Looked;
import homelab.check.SnapshotProbes;
import homelab.facts.FactProbes;
import homelab.facts.Facts;
import homelab.facts.RoundTrip;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What checks judge: the inventory, the snapshot, and what is made of them for several checks. */
public final class House {
    private final Cluster cluster;
    private final Snapshot snapshot;
    private final Optional<Instant> from;
    /** Nodes are asked in parallel, and what is asked next depends on it. */
    private final Map<NodeName, Facts> facts = new ConcurrentHashMap<>();

    private Optional<List<Condition>> conditions = Optional.empty();

    public House(Cluster cluster, Snapshot snapshot) {
        this(cluster, snapshot, Optional.empty());
    }

    /** @param from what logs tell of the time before is left out */
    public House(Cluster cluster, Snapshot snapshot, Optional<Instant> from) {
        this.cluster = cluster;
        this.snapshot = snapshot;
        this.from = from;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** When it was looked. */
    public Instant now() {
        return snapshot.at();
    }

    /** What a host answered to a probe; Unknown when it was not reached. */
    public <T> Reading<T> reading(Node node, Probe<T> probe) {
        Seen seen = snapshot.hosts().get(node.name());
        if (seen instanceof Seen.Reached reached) {
            return reached.answers().of(probe).map(this::recent);
        }
        return new Reading.Unknown<>(why(seen));
    }

    @SuppressWarnings("unchecked") // by what Logged says of itself
    private <T> T recent(T seen) {
        return from.isPresent() && seen instanceof Logged<?> log ? (T) log.since(from.get()) : seen;
    }

    public boolean reached(Node node) {
        return snapshot.hosts().get(node.name()) instanceof Seen.Reached;
    }

    /** How long its first answers took; empty when it was not reached. What changes within is not seen more exactly. */
    public Optional<RoundTrip> trip(Node node) {
        return snapshot.hosts().get(node.name()) instanceof Seen.Reached reached
                ? Optional.of(reached.trip())
                : Optional.empty();
    }

    /** Those that answered. */
    public List<Node> reached() {
        return cluster.nodes().stream().filter(this::reached).toList();
    }

    /** Why it was not reached; empty when it was. */
    public Optional<Seen.Unreachable> unreachable(Node node) {
        return Optional.ofNullable(snapshot.hosts().get(node.name()))
                .filter(Seen.Unreachable.class::isInstance)
                .map(Seen.Unreachable.class::cast);
    }

    /** What a host is; empty when it was not reached. */
    public Optional<Facts> facts(Node node) {
        if (snapshot.hosts().get(node.name()) instanceof Seen.Reached reached) {
            return Optional.of(facts.computeIfAbsent(
                    node.name(),
                    name -> FactProbes.read(node, readings(reached, FactProbes.all(node)), reached.trip())));
        }
        return Optional.empty();
    }

    /** Part of what a host is. */
    public <T> Reading<T> fact(Node node, java.util.function.Function<Facts, Reading<T>> part) {
        return facts(node)
                .map(part)
                .orElseGet(() -> new Reading.Unknown<>(why(snapshot.hosts().get(node.name()))));
    }

    /** The objects of a listing; Unknown when no API told them. */
    public Reading<List<JsonNode>> list(Listing listing) {
        return snapshot.lists().getOrDefault(listing.name(), new Reading.Unknown<>("nobody asked for it"));
    }

    /** The named conditions that status and every wait judge too. */
    public List<Condition> conditions() {
        if (conditions.isEmpty()) {
            conditions = Optional.of(Conditions.judge(cluster, forConditions()));
        }
        return conditions.get();
    }

    private homelab.check.Snapshot forConditions() {
        return homelab.check.Snapshot.of(cluster, snapshot.at(), looks());
    }

    Map<NodeName, Looked> looks() {
        Map<NodeName, Looked> looks = new LinkedHashMap<>();
        snapshot.hosts().forEach((name, seen) -> looks.put(name, looked(name, seen)));
        return looks;
    }

    private Looked looked(NodeName name, Seen seen) {
        if (seen instanceof Seen.Reached reached) {
            return cluster.node(name)
                    .<Looked>map(node -> new Looked.Reached(readings(reached, SnapshotProbes.kept(node))))
                    .orElseGet(() -> new Looked.Reached(Readings.NONE));
        }
        Seen.Unreachable unreachable = (Seen.Unreachable) seen;
        return new Looked.Unreachable(unreachable.why(), unreachable.fix());
    }

    private static Readings readings(Seen.Reached reached, List<Probe<?>> probes) {
        Map<String, Reading<?>> readings = new HashMap<>();
        probes.forEach(probe -> readings.put(probe.id(), reached.answers().of(probe)));
        return new Readings(readings);
    }

    private static String why(@org.jspecify.annotations.Nullable Seen seen) {
        return seen instanceof Seen.Unreachable unreachable
                ? "it was not reached: " + unreachable.why()
                : "it was not looked at";
    }
}
