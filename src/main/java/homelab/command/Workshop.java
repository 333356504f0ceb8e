package homelab.command;

import homelab.artifact.Release;
import homelab.artifact.Releases;
import homelab.facts.Facts;
import homelab.facts.Leader;
import homelab.facts.SyncedWrites;
import homelab.host.Connector;
import homelab.host.Host;
import homelab.host.LocalHost;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.phase.Outward;
import homelab.phase.Preflight;
import homelab.phase.PreflightEtcd;
import homelab.phase.PreflightServers;
import homelab.phase.Site;
import homelab.phase.Takeover;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.problem.Failure;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Fleet;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.run.Places;
import homelab.run.Runner;
import homelab.run.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The hosts of one command, connected, and what was last seen of them. */
final class Workshop implements Runner.Survey, AutoCloseable {
    private final Cluster cluster;
    private final Outward.Source outside;
    private final Optional<Releases> releases;
    private final Connector connector;
    private final Events events;
    private final Time time;
    private final Host here;
    private final Optional<Secret> ownToken;
    private final Fleet fleet;
    private final Map<String, Release> known = new LinkedHashMap<>();
    private Optional<Site> seen = Optional.empty();
    private Map<NodeName, Secret> live = Map.of();
    private Optional<Sights.TokenChange> changing = Optional.empty();
    private boolean takesOver;
    private Consumer<Map<NodeName, Facts>> guard = facts -> {};

    Workshop(
            Cluster cluster,
            List<Node> nodes,
            Optional<Secret> ownToken,
            Outward.Source outside,
            Optional<Releases> releases,
            Connector connector,
            Events events,
            Time time) {
        this.cluster = cluster;
        this.outside = outside;
        this.releases = releases;
        this.connector = connector;
        this.events = events;
        this.time = time;
        this.ownToken = ownToken;
        this.here = new LocalHost(new NodeName("here"));
        this.fleet = Fleet.connect(connector, cluster, nodes, events, time);
    }

    /** From now on a k3s that others installed is to become homelab's. */
    void takeOver() {
        takesOver = true;
    }

    /** What is to be asked of the hosts before a file of the release is looked up; refuses by a Failure. */
    void guardedBy(Consumer<Map<NodeName, Facts>> asked) {
        guard = asked;
    }

    Fleet fleet() {
        return fleet;
    }

    /** The newest look; looks if there was none. */
    Site site() {
        return seen.orElseGet(this::look);
    }

    /** What speaks against the newest look: the hosts' facts, and the tokens of their servers. */
    List<Finding> preflight() {
        List<Finding> findings = new ArrayList<>(Preflight.judge(cluster, site().facts()));
        findings.addAll(PreflightServers.tokens(ownToken, live));
        return findings;
    }

    /**
     * What etcd's disks are worth, measured on the servers that have no k3s yet: a small file is written and taken away
     * again, so nobody who only looks asks for it.
     */
    List<Finding> slowDisks() {
        Map<Node, Readings> readings = Parallel.allOrFail(Parallel.each(
                reached().stream()
                        .filter(node -> PreflightEtcd.measured(cluster, node, site().facts()))
                        .toList(),
                node -> Look.at(fleet.host(node.name()), List.of(SyncedWrites.PROBE), Script.As.ROOT)));
        List<Finding> slow = new ArrayList<>();
        readings.forEach((node, asked) ->
                PreflightEtcd.judge(node, asked.of(SyncedWrites.PROBE)).ifPresent(slow::add));
        return slow;
    }

    /** What every host is that answered, as far as it can be seen; nothing is fetched for it. */
    Map<NodeName, Facts> facts() {
        return sights(Look::at).facts();
    }

    private Sights sights(Sights.Asked asked) {
        events.tell(new Event.Looking("the hosts"));
        return Sights.of(fleet, reached(), asked, time);
    }

    /** @throws Failure with the problem of every host that let nobody become root, or was lost on the way */
    @Override
    public Site look() {
        Sights sights = sights(Look::orFail);
        Map<NodeName, Facts> facts = sights.facts();
        guard.accept(Map.copyOf(facts));
        changing = sights.changing();
        live = Map.copyOf(sights.tokens());
        Optional<Node> leader = Leader.find(cluster, facts);
        Site site = new Site(
                cluster,
                facts,
                leader,
                releasesFor(facts),
                sights.token(leader).or(() -> ownToken),
                new Takeover(takesOver, sights.others()),
                new Outward(outside, sights.left()));
        seen = Optional.of(site);
        return site;
    }

    @Override
    public Places places() {
        return new Places(fleet, here, site().leader());
    }

    /** Every node that answered. */
    List<Node> reached() {
        return cluster.nodes().stream()
                .filter(node -> fleet.hosts().containsKey(node.name()))
                .toList();
    }

    /** A change of the token that is under way, as it was at the newest look. */
    Optional<Sights.TokenChange> changing() {
        return changing;
    }

    /** Of the servers that were reached. */
    Set<String> serverArchitectures() {
        Set<String> found = new LinkedHashSet<>();
        cluster.servers().stream()
                .flatMap(node -> Optional.ofNullable(site().facts().get(node.name())).stream())
                .forEach(facts -> Site.architecture(facts).ifPresent(found::add));
        return found;
    }

    /** Empty when nothing is to be installed. */
    Optional<Releases> releases() {
        return releases;
    }

    /** What is known of a release does not change during a run: it is looked up once. */
    private Map<String, Release> releasesFor(Map<NodeName, Facts> facts) {
        Set<String> wanted = new LinkedHashSet<>();
        facts.values().forEach(host -> Site.architecture(host).ifPresent(wanted::add));
        wanted.removeAll(known.keySet());
        releases.ifPresent(all -> known.putAll(all.resolve(cluster, wanted, false)));
        return Map.copyOf(known);
    }

    /** Closes the connection and opens it again, after a reboot. */
    Host reconnect(Host host) {
        host.close();
        Node node = cluster.node(host.name()).orElseThrow();
        Host again = connector.connect(cluster, node);
        fleet.hosts().put(node.name(), again);
        return again;
    }

    /** A further connection to a node, made now. */
    Host connectAnew(Node node) {
        return connector.connectAnew(cluster, node);
    }

    Cluster cluster() {
        return cluster;
    }

    @Override
    public void close() {
        fleet.close();
        here.close();
        connector.close();
    }
}
