package homelab.phase;

import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeCondition;
import java.util.ArrayList;
import java.util.List;

/** The agents join, all at the same time. */
public record AgentPhase() implements Phase {

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        for (K3sNode agent : K3sNode.all(site, site.cluster().agents())) {
            steps.add(agent.step(name(), agent.service()));
        }
        site.cluster().agents().stream()
                .filter(site::reached)
                .forEach(agent ->
                        steps.add(new Step(name(), new Target.OnCluster(), NodeCondition.ready(agent.name()))));
        return steps;
    }
}
