package homelab.doctor.sto;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import java.util.List;

/** What Longhorn keeps about itself (Longhorn 1.11, longhorn.io/v1beta2). */
final class Longhorn {
    static final String ABSENT = "Longhorn is not installed";
    static final String DRIVER = "driver.longhorn.io";

    static final Listing VOLUMES = listing(
            "volumes",
            "spec.numberOfReplicas",
            "spec.dataLocality",
            "status.robustness",
            "status.state",
            "status.lastDegradedAt",
            "status.lastBackupAt",
            "status.kubernetesStatus.namespace",
            "status.kubernetesStatus.pvcName");
    static final Listing NODES = listing("nodes", "spec.allowScheduling", "status.conditions", "status.diskStatus");
    static final Listing SETTINGS = listing("settings", "value");
    static final Listing TARGETS =
            listing("backuptargets", "spec.backupTargetURL", "status.available", "status.conditions");
    static final Listing JOBS = listing("recurringjobs", "spec.task", "spec.cron", "spec.groups");

    static final Listing CSI_NODES =
            new Listing("csinodes", "/apis/storage.k8s.io/v1/csinodes", List.of("metadata.name", "spec.drivers.name"));
    static final Listing CLASSES = new Listing(
            "storageclasses",
            "/apis/storage.k8s.io/v1/storageclasses",
            List.of(
                    "metadata.name",
                    "metadata.annotations",
                    "provisioner",
                    "volumeBindingMode",
                    "reclaimPolicy",
                    "parameters.numberOfReplicas"));

    private Longhorn() {}

    private static Listing listing(String plural, String... fields) {
        List<String> all = new java.util.ArrayList<>(List.of("metadata.name", "metadata.namespace"));
        all.addAll(List.of(fields));
        return new Listing(plural + ".longhorn.io", "/apis/longhorn.io/v1beta2/" + plural, all);
    }

    /** Nodes that hold copies, those among them that are away or full just now: they will be back. */
    static long open(House house) {
        return Item.of(house, NODES).stream()
                .filter(node -> !node.is("spec.allowScheduling", "false"))
                .filter(node -> !node.at("status.diskStatus").isEmpty())
                .count();
    }

    /** As people know it: the claim, where there is one. */
    static String subject(Item volume) {
        String claim = volume.text("status.kubernetesStatus.pvcName");
        return claim.isEmpty()
                ? "Volume " + volume.name()
                : "Volume " + volume.text("status.kubernetesStatus.namespace") + "/" + claim;
    }
}
