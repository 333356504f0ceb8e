package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.recovery.Offline;
import homelab.resource.sandbox.ContainerdAside;
import homelab.resource.sandbox.NodeReports;
import java.util.List;

/** What keeps containerd of one node from starting, moved aside; then the node is waited for. */
public record OfflinePhase(Node node, Offline offline) implements Phase {

    @Override
    public String name() {
        return "sandboxes";
    }

    @Override
    public List<Step> steps(Site site) {
        Target target = new Target.OnHost(node.name());
        return List.of(
                new Step(name(), target, new ContainerdAside(node.role().unit(), offline)),
                new Step(
                        name(), target, new NodeReports(node.name(), node.role().unit())));
    }
}
