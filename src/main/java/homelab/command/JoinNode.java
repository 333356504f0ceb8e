package homelab.command;

import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.List;
import picocli.CommandLine;

/** {@code homelab join-node NAME}: one more host of the inventory into the running cluster. */
@CommandLine.Command(
        name = "join-node",
        description = {
            "Brings one agent of the inventory into the running cluster: prepares it, opens the firewall of the",
            "others to it and tells them its name, installs k3s, joins it and waits until it is Ready."
        },
        footer = {"", "Example:", "  homelab join-node ultron -i inventory/two-pis.yaml"})
final class JoinNode implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final Consent consent = new Consent();

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Parameters(paramLabel = "NAME", description = "A node of the inventory.")
    private String name = "";

    private final Io io;

    JoinNode(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.open(io, common, "join-node")) {
            Node node = wanted(job);
            job.workshop().fleet().complete();
            Node leader = job.leader();
            Membership.refuseOtherAddress(job.workshop().fleet().host(leader.name()), node);
            List<Phase> phases = JoinPhases.of(job.phasesOfNodes(), node.name());
            Carry carry = new Carry(io, job, consent, common.json(), "join-node");
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    private Node wanted(Job job) {
        List<String> names = job.cluster().nodes().stream()
                .map(Node::name)
                .map(NodeName::text)
                .toList();
        Node node = job.cluster().nodes().stream()
                .filter(known -> known.name().text().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure(Exit.USAGE, nobody(names)));
        if (node.isServer()) {
            throw new Failure(Exit.REFUSED, server(node));
        }
        return node;
    }

    private Problem nobody(List<String> names) {
        String near = Near.word(name, names)
                .map(word -> "did you mean " + word + "? ")
                .orElse("");
        return Problem.of(
                "there is no node '" + name + "' in the inventory",
                "it has " + String.join(", ", names),
                near + "add it to the inventory first, then join it");
    }

    private static Problem server(Node node) {
        return Problem.of(
                node.name() + ": is a server, and join-node takes agents",
                "a server changes the quorum of etcd and joins behind gates of its own",
                "homelab bootstrap makes the servers of an inventory");
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
