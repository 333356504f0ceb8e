package homelab.check;

import homelab.model.Cluster;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges a snapshot. The only place that says what "the cluster is well" means: status, waits and doctor ask it. */
public final class Conditions {
    private Conditions() {}

    /** All conditions that apply to the cluster, by name in their own order, then by node as in the inventory. */
    public static List<Condition> judge(Cluster cluster, Snapshot snapshot) {
        List<Condition> all = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            all.add(HostConditions.reachable(node, snapshot));
            all.add(HostConditions.unitActive(node, snapshot));
            all.add(NodeConditions.ready(node, snapshot.api()));
            NodeConditions.etcdVoter(cluster, node, snapshot.api()).ifPresent(all::add);
            PodNetwork.judge(cluster, node, snapshot).ifPresent(all::add);
            NodeConditions.labelsSet(node, snapshot.api()).ifPresent(all::add);
        }
        all.add(ClusterConditions.apiReady(snapshot.api()));
        ClusterConditions.coreDns(cluster, snapshot.api()).ifPresent(all::add);
        all.sort(Comparator.comparing(Condition::name));
        return List.copyOf(all);
    }
}
