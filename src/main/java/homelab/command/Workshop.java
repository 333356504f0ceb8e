package homelab.command;

import homelab.adopt.Found;
import homelab.adopt.FoundProbe;
import homelab.artifact.Release;
import homelab.artifact.Releases;
import homelab.facts.FactProbes;
import homelab.facts.Facts;
import homelab.facts.Leader;
import homelab.facts.RoundTrip;
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
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Failure;
import homelab.resource.rotation.TokenNote;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Fleet;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.run.Places;
import homelab.run.Runner;
import homelab.run.Time;
import java.time.Instant;
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
    private static final Probe<Optional<Secret>> TOKEN = Probe.of(
            "cluster token",
            "cat /var/lib/rancher/k3s/server/token 2>/dev/null",
            answer -> Optional.of(answer.text().strip())
                    .filter(text -> !text.isEmpty())
                    .map(Secret::new));

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
    private Optional<Changing> changing = Optional.empty();
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
        Map<NodeName, Facts> facts = new LinkedHashMap<>();
        sights(Look::at).forEach((name, sight) -> facts.put(name, sight.facts()));
        return facts;
    }

    /** How a host is asked: what cannot be asked is Unknown, or a failure. */
    private interface Asked {
        Readings of(Host host, List<Probe<?>> probes, Script.As as);
    }

    private Map<NodeName, Sight> sights(Asked asked) {
        events.tell(new Event.Looking("the hosts"));
        Map<NodeName, Sight> sights = new LinkedHashMap<>();
        Parallel.allOrFail(Parallel.each(reached(), node -> lookAt(node, asked)))
                .forEach((node, sight) -> sights.put(node.name(), sight));
        return sights;
    }

    /** @throws Failure with the problem of every host that let nobody become root, or was lost on the way */
    @Override
    public Site look() {
        Map<NodeName, Facts> facts = new LinkedHashMap<>();
        Map<NodeName, Secret> tokens = new LinkedHashMap<>();
        Map<NodeName, Reading<Optional<Found>>> others = new LinkedHashMap<>();
        Map<NodeName, Set<String>> left = new LinkedHashMap<>();
        List<Changing> notes = new ArrayList<>();
        sights(Look::orFail).forEach((name, sight) -> {
            facts.put(name, sight.facts());
            if (!sight.found().equals(new Reading.Known<>(Optional.empty()))) {
                others.put(name, sight.found());
            }
            sight.token().ifPresent(token -> tokens.put(name, token));
            left.put(name, sight.left());
            sight.before().ifPresent(before -> notes.add(new Changing(name, before)));
        });
        guard.accept(Map.copyOf(facts));
        changing = notes.stream().findFirst();
        Optional<Node> leader = Leader.find(cluster, facts);
        live = Map.copyOf(tokens);
        Optional<Secret> token = changing.map(Changing::server)
                .or(() -> leader.map(Node::name))
                .flatMap(name -> Optional.ofNullable(tokens.get(name)))
                .or(() -> tokens.values().stream().findFirst())
                .or(() -> ownToken);
        Site site = new Site(
                cluster,
                facts,
                leader,
                releasesFor(facts),
                token,
                new Takeover(takesOver, others),
                new Outward(outside, left));
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

    /**
     * A change of the token that is under way.
     *
     * @param server whose token the others are to get
     * @param before SHA-256 of the token of before
     */
    record Changing(NodeName server, String before) {}

    /** As it was at the newest look. */
    Optional<Changing> changing() {
        return changing;
    }

    private record Sight(
            Facts facts,
            Optional<Secret> token,
            Optional<String> before,
            Reading<Optional<Found>> found,
            Set<String> left) {}

    private Sight lookAt(Node node, Asked asked) {
        List<Probe<?>> probes = new ArrayList<>(FactProbes.all(node));
        probes.add(FoundProbe.OTHERS);
        probes.add(Outward.probe(node));
        if (node.isServer()) {
            probes.add(TOKEN);
            probes.add(TokenNote.PROBE);
        }
        Instant sent = time.now();
        Readings readings = asked.of(fleet.host(node.name()), probes, Script.As.ROOT);
        Facts facts = FactProbes.read(node, readings, new RoundTrip(sent, time.now()));
        return new Sight(
                facts,
                readings.of(TOKEN).known().flatMap(token -> token),
                readings.of(TokenNote.PROBE).known().flatMap(before -> before),
                readings.of(FoundProbe.OTHERS),
                readings.of(Outward.probe(node)).known().orElse(Set.of()));
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
