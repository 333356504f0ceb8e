package homelab.command;

import homelab.inventory.InventoryReader;
import homelab.kubeconfig.KubeconfigContext;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.RemovalPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code homelab remove-node NAME}: one node out of a cluster that goes on without it. */
@CommandLine.Command(
        name = "remove-node",
        description = {
            "Takes a node out of the cluster: closes it to new pods, has its pods leave as their budgets allow, takes a server's",
            "member out of etcd, deletes the Node, and makes its host what it was before. Shows all of it first, with the pods",
            "that have nowhere to go. Refused for the last server, where etcd would lose its quorum, and for data that lies on",
            "the node alone. A node that does not answer is only taken for dead when nothing of it lives, and you say so."
        },
        footer = {
            "",
            "Examples:",
            "  homelab remove-node ultron -i inventory/two-pis.yaml --dry-run",
            "  homelab remove-node ultron                                   # type its name; then it is done",
            "  homelab remove-node ultron --yes --lose-data default/music   # whose volume is on it alone",
            "  homelab remove-node ultron --yes --force default/toolbox     # a pod that nobody makes anew",
            "  homelab remove-node friday --dead --even-servers             # a server that broke for good"
        })
final class RemoveNode implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(paramLabel = "NODE", description = "A node of the inventory.")
    private String name = "";

    @CommandLine.Mixin
    private final LeavingWords leaving = new LeavingWords();

    @CommandLine.Option(names = "--dead", description = "The node is broken or switched off for good.")
    private boolean dead;

    @CommandLine.Option(
            names = "--even-servers",
            description = "Leave an even number of servers, until another one goes or comes.")
    private boolean even;

    @CommandLine.Option(names = "--keep-host", description = "Stop k3s on the host and leave its files.")
    private boolean keepHost;

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask for the node's name. Never covers the loss of data.")
    private boolean yes;

    private final Io io;

    RemoveNode(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "remove-node", this::needed)) {
            Node node = wanted(job.cluster());
            RemovalLook look = RemovalLook.of(job, node);
            Optional<KubeconfigContext> access = look.access();
            List<Phase> phases = new RemovalPhases(node, look.through(), look.away(), keepHost)
                    .of(leaving.terms(), leaving.timeout(), access);
            Carry carry = new Carry(io, job, Consent.ofNode(name, yes), common.json(), "remove-node")
                    .takingAway(next(job, node, look.away()))
                    .saying(look.findings(dead, guard -> guard.findings(even, leaving.lost())))
                    .regardless();
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    /** The servers, and the one that goes. */
    private List<Node> needed(Cluster cluster) {
        Node node = wanted(cluster);
        if (node.isServer() && cluster.servers().size() == 1) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            name + ": is the only server of " + cluster.name(),
                            "the cluster and all that it keeps would end with it",
                            "two more servers can take its place: homelab join-node; if the cluster is to end: homelab"
                                    + " reset --all"));
        }
        return Stream.concat(cluster.servers().stream(), Stream.of(node))
                .distinct()
                .toList();
    }

    private Node wanted(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(List.of(name), known, "the inventory has no node", "homelab validate");
        return cluster.nodes().stream()
                .filter(node -> node.name().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String next(Job job, Node node, boolean away) {
        List<String> words = new ArrayList<>();
        words.add(InventoryReader.whereIs(node.name(), job.inventory())
                .map(place -> "delete " + name + " from " + place.file() + ":" + place.line()
                        + " (as long as it stands there, plan offers to join it again), then homelab bootstrap, which tells"
                        + " the others")
                .orElse("homelab bootstrap -i " + job.inventory() + ", which tells the others"));
        if (away || keepHost) {
            words.add((away ? "should it ever be switched on again, first of all" : "to clean the host")
                    + ": homelab reset " + name + " --cluster " + job.cluster().name());
        }
        return String.join("; ", words);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
