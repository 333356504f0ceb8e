package homelab.phase.longhorn;

import homelab.model.Cluster;
import homelab.phase.Derived;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Longhorn's chart is told because of what the nodes are, each value with its reason. What the inventory's own values
 * say wins. It follows from the inventory alone: with the facts of today, a disk that fills up or a node that is away
 * would change Longhorn in the worst moment. Names and defaults: chart/values.yaml of longhorn/longhorn v1.11.2 and types/setting.go of longhorn-manager.
 */
public final class LonghornValues {
    /** Of a disk, below which Longhorn puts no volume there. */
    static final int LEAST_FREE_PERCENT = 25;

    private static final String LIMITS =
            "{\"requests\":{\"cpu\":\"10m\",\"memory\":\"32Mi\"},\"limits\":{\"cpu\":\"200m\",\"memory\":\"200Mi\"}}";
    private static final List<String> SIDECARS = List.of(
            "csi-attacher",
            "csi-provisioner",
            "csi-resizer",
            "csi-snapshotter",
            "longhorn-csi-plugin",
            "node-driver-registrar",
            "longhorn-liveness-probe");

    private final Cluster cluster;
    private final StorageNodes storage;
    private final List<Derived> derived = new ArrayList<>();

    private LonghornValues(Cluster cluster) {
        this.cluster = cluster;
        this.storage = StorageNodes.of(cluster);
    }

    public static List<Derived> of(Cluster cluster) {
        LonghornValues values = new LonghornValues(cluster);
        values.replicas();
        values.sidecars();
        values.space();
        values.failures();
        values.smallNodes();
        return List.copyOf(values.derived);
    }

    private void replicas() {
        int replicas = Math.min(3, storage.count());
        String why = storage.told(cluster) + ", and a volume has at most one replica on each";
        add("persistence.defaultClassReplicaCount", replicas, why);
        setting("defaultReplicaCount", "{\"v1\":\"" + replicas + "\"}", why);
        setting("replicaSoftAntiAffinity", "false", "two replicas on one node are lost together");
        setting(
                "allowVolumeCreationWithDegradedAvailability",
                "false",
                "a volume without its replicas is told at once");
        setting("defaultDataLocality", "best-effort", "reads stay on the node where the pod runs");
        add("persistence.defaultDataLocality", "best-effort", "reads stay on the node where the pod runs");
        if (storage.labelled()) {
            setting("createDefaultDiskLabeledNodes", "true", storage.told(cluster) + ", by their label");
        }
    }

    private void sidecars() {
        int copies = Math.min(2, cluster.nodes().size());
        String why =
                copies == 1 ? "there is one node" : "two outlive the loss of one, and Longhorn's own 3 cost memory";
        for (String name : List.of("attacher", "provisioner", "resizer", "snapshotter")) {
            add("csi." + name + "ReplicaCount", copies, why);
        }
        if (copies > 1) {
            add("csi.podAntiAffinityPreset", "hard", "else all of them may land on one node and go with it");
        }
        add("longhornUI.replicas", 1, "a user interface need not outlive a node");
        add("longhornManager.updateStrategy", oneAtATime(), "else an upgrade takes all managers down at once");
    }

    private static Map<String, Object> oneAtATime() {
        return Map.of("rollingUpdate", Map.of("maxUnavailable", 1));
    }

    private void space() {
        String why = "the data shares the disk of the system, which must not fill up";
        setting("storageMinimalAvailablePercentage", String.valueOf(LEAST_FREE_PERCENT), why);
        setting("storageReservedPercentageForDefaultDisk", "30", why);
        setting("storageOverProvisioningPercentage", "100", "a full disk is worse than a refused volume");
    }

    private void failures() {
        setting(
                "nodeDownPodDeletionPolicy",
                "delete-both-statefulset-and-deployment-pod",
                "else pods of a dead node keep their volume for ever");
        setting("replicaReplenishmentWaitInterval", "600", "the reboot of a node is no reason to copy its data");
        setting("concurrentReplicaRebuildPerNodeLimit", "1", "copies share the network with etcd");
        setting(
                "replicaAutoBalance",
                storage.count() < 3 ? "disabled" : "least-effort",
                storage.told(cluster) + (storage.count() < 3 ? ": there is nothing to balance" : ""));
    }

    /** Longhorn sets no limits of its own, and pods without any are the first to be killed. */
    private void smallNodes() {
        String manager = "so that the manager is never the first to be killed when memory is short";
        add(
                "longhornManager.resources",
                Map.of(
                        "requests", Map.of("cpu", "50m", "memory", "150Mi"),
                        "limits", Map.of("cpu", "500m", "memory", "500Mi")),
                manager);
        // A JSON object keyed by component; the flat form is taken without a word and has no effect.
        StringBuilder keyed = new StringBuilder("{");
        SIDECARS.forEach(name -> keyed.append(keyed.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(LIMITS));
        setting("systemManagedCSIComponentsResourceLimits", keyed.append('}').toString(), "the same for the side-cars");
        setting(
                "guaranteedInstanceManagerCPU",
                "{\"v1\":\"8\"}",
                "a Pi has four cores, and Longhorn's 12 % twice over during an upgrade is one of them");
    }

    private void setting(String name, String value, String reason) {
        add("defaultSettings." + name, value, reason);
    }

    private void add(String path, Object value, String reason) {
        derived.add(Derived.of(path, value, reason));
    }
}
