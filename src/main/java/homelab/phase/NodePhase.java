package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeIsHost;
import homelab.resource.NodeSettings;
import homelab.resource.Resource;
import homelab.resource.longhorn.DiskAnnotation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who the Nodes are, and their labels and taints, which k3s itself only sets when a node joins. */
public record NodePhase() implements Phase {

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Step> steps(Site site) {
        Stream<Resource> settings = site.cluster().nodes().stream()
                .filter(node -> site.reached(node) && (site.leader().isPresent() || isSet(node)))
                .map(node -> new NodeSettings(node.name(), node.labels(), node.taints()));
        return Stream.of(identities(site), settings, disks(site))
                .flatMap(Function.identity())
                .map(resource -> new Step(name(), new Target.OnCluster(), resource))
                .toList();
    }

    /** Before Longhorn comes, which looks at it once. */
    private static Stream<Resource> disks(Site site) {
        return site.cluster().nodes().stream()
                .filter(node -> site.reached(node) && !node.disks().isEmpty())
                .map(node -> new DiskAnnotation(node.name(), node.disks()));
    }

    /** Without a leader there is nobody who knows Nodes. */
    private static Stream<Resource> identities(Site site) {
        return site.cluster().nodes().stream()
                .filter(node -> site.leader().isPresent() && site.facts().containsKey(node.name()))
                .flatMap(node -> site.factsOf(node).machineId().known().stream()
                        .map(machineId -> new NodeIsHost(node.name(), node.ip(), machineId)));
    }

    /** In a cluster that is still to be made there is nothing to take away. */
    private static boolean isSet(Node node) {
        return !node.labels().isEmpty() || !node.taints().isEmpty();
    }
}
