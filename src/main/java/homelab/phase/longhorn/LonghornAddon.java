package homelab.phase.longhorn;

import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Derived;
import homelab.phase.KnownAddon;
import homelab.phase.Site;
import homelab.resource.DefaultClass;
import homelab.resource.LonghornReady;
import homelab.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Longhorn: its values follow from the nodes, and it is ready when its own nodes say so. */
public record LonghornAddon() implements KnownAddon {

    @Override
    public List<Derived> derived(Cluster cluster) {
        return LonghornValues.of(cluster);
    }

    @Override
    public List<Resource> after(Site site, ChartRelease release) {
        List<NodeName> reached = site.cluster().nodes().stream()
                .filter(site::reached)
                .map(Node::name)
                .toList();
        List<NodeName> storage = StorageNodes.of(site.cluster()).nodes().stream()
                .map(Node::name)
                .filter(reached::contains)
                .toList();
        List<Resource> all = new ArrayList<>(List.of(new LonghornReady(release.namespace(), storage, reached)));
        boolean unwanted = release.values().get("persistence") instanceof Map<?, ?> persistence
                && Boolean.FALSE.equals(persistence.get("defaultClass"));
        if (!unwanted) {
            all.add(new DefaultClass("longhorn"));
        }
        return all;
    }
}
