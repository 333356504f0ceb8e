package homelab.ssh;

import homelab.host.Connector;
import homelab.host.Host;
import homelab.host.LocalHost;
import homelab.host.Outcome;
import homelab.model.Access;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Opens nodes by SSH, or this very machine. A node has one connection, made when it is first asked for. */
public final class SshConnector implements Connector {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(15);

    private final Means means;
    private final Doors doors;
    private final Passphrases passphrases;
    private final SudoPasswords passwords;
    private final Duration deadline;
    private final StallWatch watch = new StallWatch();
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Map<List<Path>, KnownHosts> knownHosts = new ConcurrentHashMap<>();

    /** A node's connection; its lock is held while it is being made, so that it is made once. */
    private static final class Slot {
        private Optional<Link> link = Optional.empty();
        private Optional<SshHost> host = Optional.empty();
    }

    public SshConnector() {
        this(Path.of(System.getProperty("user.home")), USUAL_DEADLINE);
    }

    /**
     * With what lies in files alone.
     *
     * @param home where {@code .ssh} with the user's keys and known_hosts is
     * @param deadline how long a node that does not answer is tried
     */
    public SshConnector(Path home, Duration deadline) {
        this(Means.filesOf(home), deadline);
    }

    /** Begins to get ready for connections. */
    public SshConnector(Means means, Duration deadline) {
        this.means = means;
        this.doors = new Doors(means);
        this.passphrases = new Passphrases(means.asker());
        this.passwords = new SudoPasswords(means);
        this.deadline = deadline;
        WarmUp.begin();
    }

    /** The same cluster, its nodes' logins and ports as the user's configuration of OpenSSH completes them. */
    public Cluster settled(Cluster cluster) {
        List<Node> nodes = cluster.nodes().parallelStream()
                .map(node -> node.access() instanceof Access.Ssh access ? node.with(doors.settled(node, access)) : node)
                .toList();
        return cluster.with(nodes);
    }

    @Override
    public Host connect(Cluster cluster, Node node) {
        if (node.access() instanceof Access.Ssh access) {
            return ssh(cluster, node, access);
        }
        return new LocalHost(node.name());
    }

    @Override
    public Host connectAnew(Cluster cluster, Node node) {
        return node.access() instanceof Access.Ssh access ? host(cluster, node, access) : new LocalHost(node.name());
    }

    private SshHost ssh(Cluster cluster, Node node, Access.Ssh access) {
        Slot slot = slots.computeIfAbsent("node " + node.name(), name -> new Slot());
        synchronized (slot) {
            SshHost host = slot.host.filter(open -> open.link().alive()).orElseGet(() -> host(cluster, node, access));
            slot.host = Optional.of(host);
            return host;
        }
    }

    private SshHost host(Cluster cluster, Node node, Access.Ssh access) {
        Door.Via said = access.jump().map(name -> jump(cluster, node, name)).orElseGet(Door.Straight::new);
        Door door = doors.of(cluster, node, access, said);
        boolean sudo = node.become() && !door.user().equals("root");
        Root root = new Root(sudo, passwords.of(access.way().sudoPassword(), door.user()));
        return new SshHost(new Outcome.Who(node.name(), door.user()), root, () -> dial(cluster, door), SshHost.GRACE);
    }

    private Link dial(Cluster cluster, Door door) {
        KnownHosts known = knownHosts.computeIfAbsent(door.trust().files(), KnownHosts::new);
        return new Dialer(door, known, deadline, via(cluster, door), watch, passphrases, means.asker()).dial();
    }

    private Optional<Supplier<Link>> via(Cluster cluster, Door door) {
        if (door.via() instanceof Door.ThroughNode through && through.node().access() instanceof Access.Ssh access) {
            return Optional.of(() -> ssh(cluster, through.node(), access).link());
        }
        if (door.via() instanceof Door.ThroughDoor through) {
            return Optional.of(() -> link(cluster, through.door()));
        }
        return Optional.empty();
    }

    /** A jump host that is no node: one connection for all that go through it. */
    private Link link(Cluster cluster, Door door) {
        Slot slot = slots.computeIfAbsent("door " + door.key(), key -> new Slot());
        synchronized (slot) {
            Link link = slot.link.filter(Link::alive).orElseGet(() -> dial(cluster, door));
            slot.link = Optional.of(link);
            return link;
        }
    }

    /** From here when the jump host is this very machine. */
    private static Door.Via jump(Cluster cluster, Node node, NodeName name) {
        Node through = cluster.node(name)
                .filter(found -> !leadsTo(cluster, found, node.name()))
                .orElseThrow(() -> new Failure(Exit.USAGE, noWay(node, name)));
        return through.access() instanceof Access.Ssh ? new Door.ThroughNode(through) : new Door.Straight();
    }

    private static Problem noWay(Node node, NodeName jump) {
        return Problem.of(
                node.name() + ": no way through " + jump,
                "it is not in the inventory, or is itself reached through " + node.name(),
                "name another node as jump");
    }

    /** Whether the way to a node goes through another, or in a circle. */
    private static boolean leadsTo(Cluster cluster, Node from, NodeName to) {
        Optional<Node> at = Optional.of(from);
        for (int hops = 0; hops <= cluster.nodes().size(); hops++) {
            if (at.isEmpty()) {
                return false;
            }
            if (at.get().name().equals(to)) {
                return true;
            }
            at = at.flatMap(node -> node.access() instanceof Access.Ssh ssh ? ssh.jump() : Optional.empty())
                    .flatMap(cluster::node);
        }
        return true;
    }

    /** Every connection is closed, those that others go through last. */
    @Override
    public void close() {
        slots.values().stream()
                .flatMap(slot -> slot.host.map(SshHost::link).or(() -> slot.link).stream())
                .sorted((one, other) -> Integer.compare(hops(other), hops(one)))
                .forEach(Link::close);
        watch.close();
    }

    private static int hops(Link link) {
        return link.via().map(via -> 1 + hops(via)).orElse(0);
    }
}
