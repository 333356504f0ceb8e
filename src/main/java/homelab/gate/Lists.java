package homelab.gate;

import homelab.doctor.Listing;
import java.util.ArrayList;
import java.util.List;

/** What gates want to know of the API. Of Longhorn as 1.11 has it (longhorn.io/v1beta2), of Argo CD as 2.14. */
public final class Lists {
    static final Listing NODES = of(
            "nodes",
            "/api/v1/nodes",
            "metadata.annotations",
            "metadata.labels",
            "spec.taints",
            "spec.unschedulable",
            "status.conditions",
            "status.nodeInfo.bootID",
            "status.volumesInUse");
    static final Listing PODS = of(
            "pods",
            "/api/v1/pods",
            "metadata.uid",
            "metadata.labels",
            "metadata.ownerReferences",
            "metadata.deletionTimestamp",
            "metadata.finalizers",
            "spec.nodeName",
            "spec.volumes.persistentVolumeClaim",
            "status.phase",
            "status.reason",
            "status.conditions",
            "status.containerStatuses.state.waiting.reason",
            "status.containerStatuses.state.running.startedAt");
    static final Listing DEPLOYMENTS = workloads("deployments");
    static final Listing STATEFUL_SETS = workloads("statefulsets");
    static final Listing EVENTS = of(
            "events",
            "/api/v1/events",
            "involvedObject.kind",
            "involvedObject.name",
            "involvedObject.namespace",
            "involvedObject.uid",
            "reason",
            "message",
            "lastTimestamp",
            "eventTime",
            "series.lastObservedTime");
    static final Listing CSI_NODES = of("csinodes", "/apis/storage.k8s.io/v1/csinodes", "spec.drivers.name");
    static final Listing ATTACHMENTS = of(
            "volumeattachments",
            "/apis/storage.k8s.io/v1/volumeattachments",
            "metadata.annotations",
            "metadata.creationTimestamp",
            "metadata.deletionTimestamp",
            "spec.attacher",
            "spec.nodeName",
            "spec.source.persistentVolumeName",
            "status.attached");
    static final Listing CLAIMED = of(
            "persistentvolumes",
            "/api/v1/persistentvolumes",
            "spec.claimRef.namespace",
            "spec.claimRef.name",
            "spec.csi.volumeHandle");
    static final Listing VOLUMES = longhorn(
            "volumes",
            "status.state",
            "status.robustness",
            "status.kubernetesStatus.namespace",
            "status.kubernetesStatus.pvcName");
    static final Listing LONGHORN_NODES = longhorn("nodes", "status.conditions");
    static final Listing ENGINE_IMAGES = longhorn("engineimages", "status.state", "status.refCount");
    static final Listing INSTANCES = longhorn("instancemanagers", "spec.nodeID", "status.currentState");
    static final Listing APPLICATIONS = of(
            "applications",
            "/apis/argoproj.io/v1alpha1/applications",
            "metadata.annotations",
            "status.sync.status",
            "status.health.status",
            "status.operationState.phase",
            "status.operationState.startedAt",
            "status.reconciledAt",
            "status.conditions");

    private Lists() {}

    private static Listing of(String name, String path, String... fields) {
        List<String> all = new ArrayList<>(List.of("metadata.name", "metadata.namespace"));
        all.addAll(List.of(fields));
        return new Listing(name, path, all);
    }

    private static Listing workloads(String plural) {
        return of(
                plural,
                "/apis/apps/v1/" + plural,
                "metadata.labels",
                "spec.replicas",
                "status.readyReplicas",
                "status.availableReplicas");
    }

    private static Listing longhorn(String plural, String... fields) {
        return of(plural + ".longhorn.io", "/apis/longhorn.io/v1beta2/" + plural, fields);
    }
}
