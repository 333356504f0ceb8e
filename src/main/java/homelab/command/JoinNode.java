package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code homelab join-node NAME...}: more hosts of the inventory into the running cluster. */
@CommandLine.Command(
        name = "join-node",
        description = {
            "Brings nodes of the inventory into the running cluster: prepares them, opens the firewall of the others",
            "to them and tells their names, installs k3s, joins them and waits until they are Ready. Servers join one",
            "after another, each when etcd counts the one before in; agents join together. A host that was installed anew",
            "since it joined takes its old seat, once machine-id, data and Node all say that it was."
        },
        footer = {
            "",
            "Examples:",
            "  homelab join-node ultron -i inventory/two-pis.yaml",
            "  homelab join-node friday vision -i inventory/ha-mixed.yaml    # from one server to three"
        })
final class JoinNode implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final Consent consent = new Consent();

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Parameters(paramLabel = "NAME", arity = "1..*", description = "Nodes of the inventory.")
    private List<String> names = List.of();

    private final Io io;

    JoinNode(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.open(io, common, "join-node", this::needed)) {
            List<Node> joining = wanted(job.cluster());
            joining.forEach(node -> job.workshop().fleet().host(node.name()));
            Node leader = job.leader();
            joining.forEach(
                    node -> Membership.refuseOtherAddress(job.workshop().fleet().host(leader.name()), node));
            Set<NodeName> who = joining.stream().map(Node::name).collect(Collectors.toSet());
            OldSeats old = OldSeats.of(job, leader, joining);
            List<Phase> phases = old.seats().before(JoinPhases.of(job.wanted().ofNodes(), who));
            Carry carry = new Carry(io, job, consent, common.json(), "join-node").saying(old.findings());
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    private List<Node> needed(Cluster cluster) {
        wanted(cluster);
        return cluster.nodes();
    }

    /** @throws Failure naming each that is not in the inventory */
    private List<Node> wanted(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(Node::name).map(NodeName::text).toList();
        Near.refuseUnknown(names, known, "the inventory has no node", "add it to the inventory first, then join it");
        return names.stream()
                .map(NodeName::new)
                .flatMap(name -> cluster.node(name).stream())
                .toList();
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
