package homelab.phase;

import homelab.phase.firewall.WayBack;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Resource;
import homelab.resource.UfwBefore;
import java.util.List;
import java.util.stream.Stream;

/** The firewall of each node as it was before the last change that was confirmed. */
public record FirewallUndoPhase() implements Phase {
    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public List<Step> steps(Site site) {
        return site.cluster().nodes().stream()
                .flatMap(node -> Stream.<Resource>of(WayBack.resource(), new UfwBefore())
                        .map(resource -> new Step(name(), new Target.OnHost(node.name()), resource)))
                .toList();
    }
}
