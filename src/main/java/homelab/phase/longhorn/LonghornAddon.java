package homelab.phase.longhorn;

import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Derived;
import homelab.phase.KnownAddon;
import homelab.phase.Site;
import homelab.resource.DefaultClass;
import homelab.resource.Resource;
import homelab.resource.longhorn.BackupTarget;
import homelab.resource.longhorn.LonghornDisks;
import homelab.resource.longhorn.LonghornReady;
import homelab.resource.longhorn.TriedVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Longhorn: its values follow from the nodes, and it is ready when its own nodes say so. */
public record LonghornAddon() implements KnownAddon {

    @Override
    public List<Derived> derived(Cluster cluster) {
        return LonghornValues.of(cluster);
    }

    @Override
    public List<Resource> after(Site site, ChartRelease release) {
        List<NodeName> reached = names(site.cluster().nodes());
        List<NodeName> storage = names(StorageNodes.of(site.cluster()).nodes());
        Set<NodeName> away = site.cluster().nodes().stream()
                .filter(node -> !site.reached(node))
                .map(Node::name)
                .collect(Collectors.toSet());
        reached.removeAll(away);
        List<NodeName> here = new ArrayList<>(storage);
        here.removeAll(away);
        List<Resource> all = new ArrayList<>(List.of(new LonghornReady(release.namespace(), here, reached)));
        boolean unwanted = release.values().get("persistence") instanceof Map<?, ?> persistence
                && Boolean.FALSE.equals(persistence.get("defaultClass"));
        if (!unwanted) {
            all.add(new DefaultClass("longhorn"));
        }
        site.cluster().nodes().stream()
                .filter(node -> site.reached(node) && !node.disks().isEmpty())
                .forEach(node -> all.add(new LonghornDisks(release.namespace(), node.name(), node.disks())));
        all.add(new TriedVolume(release.namespace(), release.chart().version(), storage, away));
        backup(release).ifPresent(all::add);
        return all;
    }

    private static Optional<Resource> backup(ChartRelease release) {
        return said(release, "backupTarget")
                .map(url -> new BackupTarget(
                        release.namespace(),
                        url,
                        said(release, "backupTargetCredentialSecret").orElse("")));
    }

    private static Optional<String> said(ChartRelease release, String key) {
        return release.values().get("defaultBackupStore") instanceof Map<?, ?> store
                ? Optional.ofNullable(store.get(key)).map(Object::toString).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static List<NodeName> names(List<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.toCollection(ArrayList::new));
    }
}
