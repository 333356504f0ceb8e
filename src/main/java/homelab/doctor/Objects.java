package homelab.doctor;

import java.util.List;

/** Lists that checks of several groups ask for. */
public final class Objects {
    /** Without variables and arguments: a password may stand in them. */
    public static final Listing PODS = new Listing(
            "pods",
            "/api/v1/pods",
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.labels",
                    "metadata.ownerReferences",
                    "metadata.creationTimestamp",
                    "metadata.deletionTimestamp",
                    "metadata.finalizers",
                    "spec.nodeName",
                    "spec.hostNetwork",
                    "spec.nodeSelector",
                    "spec.affinity.nodeAffinity",
                    "spec.tolerations",
                    "spec.priorityClassName",
                    "spec.overhead",
                    "spec.containers.name",
                    "spec.containers.image",
                    "spec.containers.resources",
                    "spec.containers.ports",
                    "spec.initContainers.name",
                    "spec.initContainers.image",
                    "spec.initContainers.resources",
                    "spec.initContainers.restartPolicy",
                    "spec.volumes.persistentVolumeClaim",
                    "status.phase",
                    "status.reason",
                    "status.qosClass",
                    "status.startTime",
                    "status.conditions",
                    "status.podIP",
                    "status.containerStatuses.name",
                    "status.containerStatuses.ready",
                    "status.containerStatuses.restartCount",
                    "status.containerStatuses.state.waiting",
                    "status.containerStatuses.state.terminated.reason",
                    "status.containerStatuses.state.terminated.finishedAt",
                    "status.containerStatuses.lastState.terminated.reason",
                    "status.containerStatuses.lastState.terminated.exitCode",
                    "status.containerStatuses.lastState.terminated.finishedAt",
                    "status.initContainerStatuses.name",
                    "status.initContainerStatuses.restartCount",
                    "status.initContainerStatuses.state.waiting",
                    "status.initContainerStatuses.lastState.terminated.reason",
                    "status.initContainerStatuses.lastState.terminated.finishedAt"));

    public static final Listing NODES = new Listing(
            "nodes",
            "/api/v1/nodes",
            List.of(
                    "metadata.name",
                    "metadata.labels",
                    "metadata.annotations",
                    "spec.taints",
                    "spec.unschedulable",
                    "status.conditions",
                    "status.allocatable",
                    "status.addresses"));

    public static final Listing NAMESPACES = new Listing(
            "namespaces",
            "/api/v1/namespaces",
            List.of("metadata.name", "metadata.labels", "metadata.deletionTimestamp"));

    private Objects() {}

    /** Whether pods can be placed on a Node now. */
    public static boolean isOpen(Item node) {
        return node.hasCondition("Ready", "True") && !node.is("spec.unschedulable", "true");
    }
}
