package homelab.phase;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.BlockInFile;
import homelab.resource.OfNode;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** The phases of bootstrap cut down to some of the hosts. */
public final class JoinPhases {

    private JoinPhases() {}

    /** To nodes that join; the others only open their firewall to them and learn their names. */
    public static List<Phase> of(List<Phase> phases, Set<NodeName> joining) {
        return narrowed(
                phases,
                (phase, step) -> on(step, joining) && ofThem(step, joining)
                        || phase.name().equals("firewall")
                        || step.resource() instanceof BlockInFile);
    }

    /** To the hosts that were reached, so that a dead one does not keep the others from their due. */
    public static List<Phase> reached(List<Phase> phases, Set<NodeName> reached) {
        return narrowed(phases, (phase, step) -> on(step, reached));
    }

    /** Others of the inventory may not be in the cluster yet, and what it keeps of them would be waited for in vain. */
    private static boolean ofThem(Step step, Set<NodeName> nodes) {
        return !(step.resource() instanceof OfNode of) || nodes.contains(of.node());
    }

    private static boolean on(Step step, Set<NodeName> nodes) {
        return !(step.target() instanceof Target.OnHost onHost) || nodes.contains(onHost.node());
    }

    private static List<Phase> narrowed(List<Phase> phases, BiPredicate<Phase, Step> wanted) {
        return phases.stream().map(phase -> (Phase) new Narrowed(phase, wanted)).toList();
    }
}
