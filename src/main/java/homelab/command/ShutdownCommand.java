package homelab.command;

import homelab.facts.K3sState;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.Site;
import homelab.probe.Probe;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code homelab shutdown}: nodes are switched off in the order that their workloads bear best. */
@CommandLine.Command(
        name = "shutdown",
        description = {
            "Switches nodes off: agents first, servers last, each as an orderly shutdown that ends pods before storage.",
            "One node is drained first, so that what can run elsewhere does; with --all there is no elsewhere, and nothing is",
            "drained. Says which pods with volumes stop, asks, and tells in which order to switch on again."
        },
        footer = {
            "",
            "Examples:",
            "  homelab shutdown --all -i inventory/two-pis.yaml",
            "  homelab shutdown ultron                # its pods move to jarvis first",
            "  homelab shutdown ultron --no-drain     # they stop, and start again with it",
            "",
            "After power is back: homelab recover."
        })
final class ShutdownCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final NodesOrAll which = new NodesOrAll();

    @CommandLine.Option(names = "--no-drain", description = "Do not move pods elsewhere first.")
    private boolean noDrain;

    @CommandLine.Option(names = "--dry-run", description = "Show what would be done and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Io io;

    ShutdownCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "shutdown", this::needed)) {
            Site site = job.workshop().site();
            List<Node> nodes = PowerDown.inOrder(which.of(job.cluster(), "shutdown"), site.leader());
            refuseToLoseQuorum(site, nodes);
            List<Node> reached = nodes.stream().filter(site::reached).toList();
            boolean drain = !which.all() && !noDrain;
            Optional<Node> through = site.cluster().servers().stream()
                    .filter(node -> !nodes.contains(node) && answers(site, node))
                    .findFirst();
            tell(job, reached, drain ? through : Optional.empty());
            if (dryRun) {
                return end(job, nodes);
            }
            Consent.asking(yes).ask(io, "Switch " + (reached.size() == 1 ? "it" : "them") + " off?");
            PowerDown down = new PowerDown(io, job);
            if (drain) {
                through.ifPresent(server -> down.drain(reached, server));
            }
            down.off(reached);
            io.err()
                    .println("next:    power on " + order(nodes) + "; then homelab recover -i " + job.inventory()
                            + (drain && through.isPresent() ? "; kubectl uncordon " + names(reached) : ""));
            return end(job, nodes);
        }
    }

    private static Exit end(Job job, List<Node> nodes) {
        job.tellUnreachable();
        return nodes.stream().allMatch(node -> job.workshop().site().reached(node)) ? Exit.DONE : Exit.BLIND;
    }

    private List<Node> needed(Cluster cluster) {
        which.of(cluster, "shutdown");
        return cluster.nodes();
    }

    private static boolean answers(Site site, Node node) {
        return site.k3sOf(node).filter(K3sState::apiReady).isPresent();
    }

    /** With one server there is no quorum to speak of: the API is away as long as it is off, and that is said. */
    private void refuseToLoseQuorum(Site site, List<Node> nodes) {
        List<Node> servers = site.cluster().servers();
        long answering = servers.stream().filter(node -> answers(site, node)).count();
        long left = servers.stream()
                .filter(node -> answers(site, node) && !nodes.contains(node))
                .count();
        if (!which.all() && servers.size() > 1 && left < answering && left * 2 <= servers.size()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "etcd would lose its quorum",
                            left + " of " + servers.size() + " servers would be left that answer",
                            "one server at a time, or all: homelab shutdown --all"));
        }
    }

    private void tell(Job job, List<Node> nodes, Optional<Node> through) {
        job.quiet();
        Site site = job.workshop().site();
        for (Node node : nodes) {
            boolean last = node.isServer()
                    && site.cluster().servers().stream()
                            .allMatch(server -> nodes.contains(server) || !answers(site, server));
            io.err()
                    .println(node.name() + ": off" + (through.isPresent() ? ", drained first" : "")
                            + (last ? "; no API answers until it is on again" : ""));
        }
        site.leader()
                .ifPresent(leader ->
                        volumes(job, leader, nodes).forEach(line -> io.err().println("  " + line)));
        io.err()
                .println("to switch on again: "
                        + order(PowerDown.inOrder(which.of(job.cluster(), "shutdown"), site.leader())));
    }

    /** Pods that write somewhere. */
    private static List<String> volumes(Job job, Node leader, List<Node> nodes) {
        Probe<String> pods = Probe.text(
                "pods with volumes",
                Probe.LIFTED
                        + "/usr/local/bin/k3s kubectl --request-timeout=20s get pods -A -o jsonpath='{range .items[*]}"
                        + "{.spec.nodeName} {.metadata.namespace}/{.metadata.name} "
                        + "{.spec.volumes[*].persistentVolumeClaim.claimName}{\"\\n\"}{end}'");
        return Look.at(job.workshop().fleet().host(leader.name()), List.of(pods), Script.As.ROOT)
                .of(pods)
                .known()
                .map(text -> text.lines()
                        .map(line -> line.strip().split(" ", 3))
                        .filter(words -> words.length == 3
                                && nodes.stream()
                                        .anyMatch(node -> node.name().text().equals(words[0])))
                        .map(words -> words[0] + ": " + words[1] + " stops; it writes to " + words[2])
                        .toList())
                .orElse(List.of("which pods have volumes could not be seen"));
    }

    /**
     * Servers first, since agents and their volumes wait for an API.
     *
     * @param nodes as they are switched off
     */
    private static String order(List<Node> nodes) {
        List<Node> again = new ArrayList<>(nodes);
        java.util.Collections.reverse(again);
        return again.stream().map(node -> node.name().text()).collect(Collectors.joining(", then "));
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(node -> node.name().text()).collect(Collectors.joining(" "));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
