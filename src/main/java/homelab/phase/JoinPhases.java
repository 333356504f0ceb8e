package homelab.phase;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.BlockInFile;
import java.util.List;

/** The phases of bootstrap cut down to one node that joins; the others only open their firewall to it and learn its name. */
public final class JoinPhases {

    private JoinPhases() {}

    public static List<Phase> of(List<Phase> phases, NodeName joining) {
        return phases.stream().map(phase -> (Phase) new ForOne(phase, joining)).toList();
    }

    private record ForOne(Phase whole, NodeName joining) implements Phase {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public List<Step> steps(Site site) {
            return whole.steps(site).stream().filter(this::concerns).toList();
        }

        private boolean concerns(Step step) {
            boolean elsewhere = step.target() instanceof Target.OnHost onHost
                    && !onHost.node().equals(joining);
            return !elsewhere || name().equals("firewall") || step.resource() instanceof BlockInFile;
        }
    }
}
