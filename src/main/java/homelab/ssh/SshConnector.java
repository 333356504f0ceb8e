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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Opens nodes by SSH, or this very machine. A node has one connection, made when it is first asked for. */
public final class SshConnector implements Connector {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(15);

    private final Path home;
    private final Duration deadline;
    private final StallWatch watch = new StallWatch();
    private final Map<NodeName, Slot> slots = new ConcurrentHashMap<>();
    private final Map<Path, KnownHosts> knownHosts = new ConcurrentHashMap<>();

    /** A node's connection; its lock is held while it is being made, so that it is made once. */
    private static final class Slot {
        private Optional<SshHost> host = Optional.empty();
    }

    public SshConnector() {
        this(Path.of(System.getProperty("user.home")), USUAL_DEADLINE);
    }

    /**
     * Begins to get ready for connections.
     *
     * @param home where {@code .ssh} with the user's keys and known_hosts is
     * @param deadline how long a node that does not answer is tried
     */
    public SshConnector(Path home, Duration deadline) {
        this.home = home;
        this.deadline = deadline;
        WarmUp.begin();
    }

    @Override
    public Host connect(Cluster cluster, Node node) {
        if (node.access() instanceof Access.Ssh access) {
            return ssh(cluster, node, access);
        }
        return new LocalHost(node.name());
    }

    private SshHost ssh(Cluster cluster, Node node, Access.Ssh access) {
        Slot slot = slots.computeIfAbsent(node.name(), name -> new Slot());
        synchronized (slot) {
            SshHost host = slot.host.filter(open -> open.link().alive()).orElseGet(() -> dial(cluster, node, access));
            slot.host = Optional.of(host);
            return host;
        }
    }

    private SshHost dial(Cluster cluster, Node node, Access.Ssh access) {
        Path file = cluster.knownHosts().orElse(home.resolve(".ssh/known_hosts"));
        KnownHosts known = knownHosts.computeIfAbsent(file, KnownHosts::new);
        Optional<Supplier<Link>> jump = access.jump().flatMap(name -> jump(cluster, node, name));
        Link link = new Dialer(node.name(), access, home, known, deadline, jump, watch).dial();
        boolean become = node.become() && !access.user().equals("root");
        return new SshHost(new Outcome.Who(node.name(), access.user()), become, link, SshHost.GRACE);
    }

    /** Nothing when the jump host is this very machine: then the node is reached from here. */
    private Optional<Supplier<Link>> jump(Cluster cluster, Node node, NodeName name) {
        Node through = cluster.node(name)
                .filter(found -> !leadsTo(cluster, found, node.name()))
                .orElseThrow(() -> new Failure(Exit.USAGE, noWay(node, name)));
        if (through.access() instanceof Access.Ssh access) {
            return Optional.of(() -> ssh(cluster, through, access).link());
        }
        return Optional.empty();
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
                .flatMap(slot -> slot.host.stream())
                .sorted((one, other) -> Integer.compare(hops(other.link()), hops(one.link())))
                .forEach(SshHost::close);
        watch.close();
    }

    private static int hops(Link link) {
        return link.via().map(via -> 1 + hops(via)).orElse(0);
    }
}
