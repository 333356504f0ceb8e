package homelab.phase;

import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.resource.Resource;
import java.util.List;

/** What homelab knows of a release beyond its chart. */
public interface KnownAddon {

    /** Nothing: a release of the user's own. */
    KnownAddon PLAIN = new KnownAddon() {};

    /** What its chart is told; the user's own values win. It follows from the inventory alone, never from today's facts. */
    default List<Derived> derived(Cluster cluster) {
        return List.of();
    }

    /** What is to be so before Helm begins. */
    default List<Resource> before(ChartRelease release) {
        return List.of();
    }

    /** What is to be so when its workloads are ready. @param release with all its values */
    default List<Resource> after(Site site, ChartRelease release) {
        return List.of();
    }
}
