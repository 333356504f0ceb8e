package homelab.phase;

import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.OfNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some agents of a phase, at the same time where the phase itself takes one after another; the next batch begins when all of
 * this one are Ready.
 */
record AgentBatch(Phase agents, Set<NodeName> nodes) implements Phase {

    /** @param atOnce how many agents may be away together */
    static List<Phase> of(Phase agents, List<Node> all, int atOnce) {
        List<Phase> batches = new ArrayList<>();
        for (int i = 0; i < all.size(); i += atOnce) {
            batches.add(new AgentBatch(
                    agents,
                    all.subList(i, Math.min(all.size(), i + atOnce)).stream()
                            .map(Node::name)
                            .collect(Collectors.toSet())));
        }
        return batches;
    }

    @Override
    public String name() {
        return agents.name();
    }

    @Override
    public boolean looksAnew() {
        return agents.looksAnew();
    }

    @Override
    public List<Step> steps(Site site) {
        return agents.steps(site).stream().filter(this::mine).toList();
    }

    private boolean mine(Step step) {
        return step.target() instanceof Target.OnHost host && nodes.contains(host.node())
                || step.resource() instanceof OfNode of && nodes.contains(of.node());
    }
}
