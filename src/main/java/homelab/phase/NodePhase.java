package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeSettings;
import java.util.List;

/** Labels and taints, which k3s itself only sets when a node joins. */
public record NodePhase() implements Phase {

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Step> steps(Site site) {
        return site.cluster().nodes().stream()
                .filter(node -> site.leader().isPresent() || isSet(node))
                .map(node -> new Step(
                        name(), new Target.OnCluster(), new NodeSettings(node.name(), node.labels(), node.taints())))
                .toList();
    }

    /** In a cluster that is still to be made there is nothing to take away. */
    private static boolean isSet(Node node) {
        return !node.labels().isEmpty() || !node.taints().isEmpty();
    }
}
