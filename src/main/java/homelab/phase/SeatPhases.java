package homelab.phase;

import homelab.model.Node;
import homelab.plan.Finding;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.FreeSeat;
import homelab.resource.reset.MemberGone;
import homelab.resource.reset.NodeAbsent;
import homelab.resource.snapshot.ForgottenPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster keeps of hosts that were installed anew, taken away before they join under their old names: the Node, a
 * server's member of etcd, and the password that the new installation does not know.
 *
 * @param through the server that is asked
 * @param anew of which it was proved
 */
public record SeatPhases(Node through, List<Node> anew) {

    public SeatPhases {
        anew = List.copyOf(anew);
    }

    /** @param join what follows, in which a taken seat would be refused */
    public List<Phase> before(List<Phase> join) {
        List<Phase> phases = new ArrayList<>();
        if (!anew.isEmpty()) {
            phases.add(new OfSteps("seat", site -> steps()));
        }
        join.forEach(phase -> phases.add(new Narrowed(phase, (of, step) -> !isFreed(step))));
        return phases;
    }

    private boolean isFreed(Step step) {
        return step.resource() instanceof FreeSeat seat
                && anew.stream().anyMatch(node -> node.name().equals(seat.node()));
    }

    private List<Step> steps() {
        Target target = new Target.OnHost(through.name());
        List<Step> steps = new ArrayList<>();
        for (Node node : anew) {
            steps.add(new Step("seat", target, NodeAbsent.gone(node.name())));
            if (node.isServer()) {
                steps.add(new Step("seat", target, new MemberGone(node.name(), node.ip())));
            }
            steps.add(new Step("seat", target, new ForgottenPassword(node.name())));
        }
        return steps;
    }

    /** @param voters how many members etcd counts; empty when nobody could tell */
    public List<Finding> findings(Site site, Optional<Integer> voters) {
        List<Finding> findings = new ArrayList<>();
        List<Node> servers = anew.stream().filter(Node::isServer).toList();
        for (Node node : anew) {
            Optional<Finding> against = node.isServer()
                    ? new ServerLeaves(site, servers, voters)
                            .against(node)
                            .map(problem -> new Finding(Finding.Severity.REFUSE, problem))
                    : Optional.empty();
            findings.add(against.orElseGet(() -> Finding.note(
                    node.name() + ": was installed anew since it joined",
                    "its machine-id is another one, it has no data of k3s, and its Node is not Ready",
                    "the old Node is deleted; its labels and taints are the inventory's again")));
        }
        return findings;
    }
}
