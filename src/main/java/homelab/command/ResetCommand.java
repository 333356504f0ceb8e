package homelab.command;

import homelab.host.Script;
import homelab.kubeconfig.KubeconfigState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.ResetGuard;
import homelab.phase.ResetPhases;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.EtcdMembers;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.reset.NodeAbsent;
import homelab.run.Event;
import homelab.run.Look;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code homelab reset}: hosts become what they were before bootstrap. */
@CommandLine.Command(
        name = "reset",
        description = {
            "Makes hosts what they were before bootstrap: k3s and its pods stopped, mounts, interfaces and packet rules taken",
            "away, the firewall as before, and then data, programs and files deleted. Shows all of it first and looks again after.",
            "Deletes data: asks for the cluster's name to be typed. A host of another cluster is refused."
        },
        footer = {
            "",
            "Examples:",
            "  homelab reset --all -i inventory/two-pis.yaml --dry-run    # what would go, and nothing else",
            "  homelab reset --all                                        # the whole cluster",
            "  homelab reset ultron                                       # one node; the cluster forgets it",
            "  homelab reset --all --cluster two-pis                      # in a script: the name, instead of typing it"
        })
final class ResetCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final NodesOrAll which = new NodesOrAll();

    @CommandLine.Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "The cluster's name, instead of typing it when asked.")
    private Optional<String> named = Optional.empty();

    @CommandLine.Option(
            names = "--cluster-is-gone",
            description = "Reset a node though no server answers that could be asked to forget it.")
    private boolean gone;

    @CommandLine.Option(names = "--dry-run", description = "Show what would go and do nothing.")
    private boolean dryRun;

    private final Io io;

    ResetCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "reset", this::needed)) {
            List<Node> nodes = which.of(job.cluster(), "reset");
            Site site = job.workshop().site();
            Optional<Node> through = which.all() ? Optional.empty() : through(site, nodes);
            Optional<KubeconfigState> access =
                    KubeconfigState.read(job.kubeconfig(), job.cluster().name());
            Optional<String> ca = access.map(KubeconfigState::caSha256);
            Set<Node> members = members(job, nodes, through);
            ResetGuard guard = new ResetGuard(site, nodes, which.all(), ca, members, voters(job, through));
            refuse(guard.against());
            members.forEach(node -> note(job, node, access));
            List<Phase> phases = ResetPhases.of(
                    nodes, through, which.all() ? Optional.of(job.kubeconfig()) : Optional.empty(), guard.ca());
            Carry carry = new Carry(io, job, consent(job.cluster()), common.json(), "reset")
                    .takingAway("homelab bootstrap -i " + job.inventory() + " makes "
                            + (which.all() ? "a cluster of them" : "a node of it") + " again");
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    private static void note(Job job, Node node, Optional<KubeconfigState> access) {
        job.events()
                .tell(new Event.Note(node.name() + ": its pods start elsewhere if they can; data that lies on it alone"
                        + " goes with it (homelab storage)"));
        access.filter(of -> of.server().contains("//" + node.ip() + ":"))
                .ifPresent(of -> job.events()
                        .tell(new Event.Note(node.name()
                                + ": your kubeconfig asks it; afterwards homelab kubeconfig -i " + job.inventory()
                                + " has it ask another")));
    }

    private Consent consent(Cluster cluster) {
        return Consent.named(cluster.name(), named);
    }

    private List<Node> needed(Cluster cluster) {
        which.of(cluster, "reset");
        named.filter(name -> !name.equals(cluster.name())).ifPresent(name -> {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "the inventory is not of '" + name + "'",
                            "its cluster is called " + cluster.name(),
                            "name the cluster that is to go, or the inventory of it with -i"));
        });
        return cluster.nodes();
    }

    /** A server that stays and is asked to forget the nodes. */
    private Optional<Node> through(Site site, List<Node> nodes) {
        Optional<Node> server = site.cluster().servers().stream()
                .filter(node -> !nodes.contains(node))
                .filter(node -> site.k3sOf(node).filter(k3s -> k3s.apiReady()).isPresent())
                .findFirst();
        boolean belongs = nodes.stream()
                .anyMatch(node -> site.reached(node)
                        && site.k3sOf(node).flatMap(k3s -> k3s.caSha256()).isPresent());
        boolean others = site.cluster().servers().stream().anyMatch(node -> !nodes.contains(node));
        if (server.isEmpty() && belongs && others && !gone) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "no server answers that could forget "
                                    + nodes.stream()
                                            .map(node -> node.name().text())
                                            .collect(Collectors.joining(", ")),
                            "a node that only vanishes stays in the cluster as NotReady, with pods that wait for it",
                            "bring a server back: homelab recover; if the cluster is gone for good: --cluster-is-gone"));
        }
        return server;
    }

    private static Optional<Integer> voters(Job job, Optional<Node> through) {
        return through.flatMap(server -> Look.at(
                        job.workshop().fleet().host(server.name()), List.of(EtcdMembers.PROBE), Script.As.ROOT)
                .of(EtcdMembers.PROBE)
                .known()
                .map(EtcdMembers::voters));
    }

    private static Set<Node> members(Job job, List<Node> nodes, Optional<Node> through) {
        return through.stream()
                .flatMap(server -> nodes.stream().filter(node -> {
                    Resource absent = NodeAbsent.gone(node.name());
                    Status status = absent.status(
                            Look.at(job.workshop().fleet().host(server.name()), absent.probes(), Script.As.ROOT));
                    return !(status instanceof Status.Same);
                }))
                .collect(Collectors.toSet());
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Failure(Exit.REFUSED, problems);
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
