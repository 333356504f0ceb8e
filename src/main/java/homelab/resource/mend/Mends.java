package homelab.resource.mend;

import homelab.model.NodeName;
import homelab.resource.Change;
import homelab.resource.Sh;
import homelab.resource.Worst;
import java.time.Duration;

/**
 * The mends that there are. Before something is taken away it is written down where it acts, by the annotation
 * {@code homelab/recovered}: whoever runs next sees it, even when this run is cut off in between.
 */
public final class Mends {
    private static final String KUBE = "kube() { k3s kubectl --request-timeout=10s \"$@\"; }\n";
    private static final Duration TO_REGISTER = Duration.ofMinutes(3);
    private static final Duration TO_GO = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final Duration TO_COMPARE = Duration.ofSeconds(60);
    private static final String TAINT = "node.kubernetes.io/out-of-service";

    private Mends() {}

    /** Exactly this pod, and no other of its name. */
    private static String uid(String namespace, String pod) {
        return "kube -n " + Sh.quote(namespace) + " get pod " + Sh.quote(pod)
                + " --ignore-not-found -o jsonpath={.metadata.uid}";
    }

    private static String remember(String object, String remembered) {
        return "kube annotate --overwrite " + object + " " + Sh.quote("homelab/recovered=" + remembered)
                + " >/dev/null || exit 1\n";
    }

    private static String remembered(String object) {
        return "kube get " + object + " -o 'jsonpath={.metadata.annotations.homelab/recovered}'";
    }

    private static String deletePod(String namespace, String pod, String uid, String more) {
        return "is=$(" + uid(namespace, pod) + ") || exit 1\n[ \"$is\" = " + Sh.quote(uid)
                + " ] || exit 0\nkube -n " + Sh.quote(namespace) + " delete pod " + Sh.quote(pod) + " --wait=false"
                + more + "\n";
    }

    /** The pod is another, and the kubelet knows the driver. */
    public static ApiMend csiPlugin(NodeName node, String namespace, String pod, String uid, String remembered) {
        return new ApiMend(
                "driver of Longhorn on " + node,
                new Change("pod " + namespace + "/" + pod, "its kubelet does not know the driver", "made anew"),
                Worst.RESTART,
                KUBE + "is=$(kube get csinode " + node + " --ignore-not-found -o jsonpath='{.spec.drivers[*].name}')"
                        + " || exit 1\ncase \" $is \" in *' driver.longhorn.io '*) exit 0 ;; esac\nexit 10\n",
                KUBE + remember("node " + node, remembered) + deletePod(namespace, pod, uid, ""),
                TO_REGISTER);
    }

    /** The pod is gone, or another has its name; of the usual deletion, that it was asked for. */
    public static ApiMend stuckPod(
            NodeName node, String namespace, String pod, String uid, boolean force, String remembered) {
        String asked = "[ \"$(" + remembered("node " + node) + ")\" = " + Sh.quote(remembered) + " ] && exit 0\n";
        return new ApiMend(
                "pod " + namespace + "/" + pod,
                new Change(
                        "pod " + namespace + "/" + pod,
                        "died with the last boot of " + node,
                        force ? "forgotten by the API" : "deleted"),
                Worst.DELETE,
                KUBE + "is=$(" + uid(namespace, pod) + ") || exit 1\n[ \"$is\" = " + Sh.quote(uid) + " ] || exit 0\n"
                        + (force ? "" : asked) + "exit 10\n",
                KUBE
                        + remember("node " + node, remembered)
                        + deletePod(namespace, pod, uid, force ? " --force --grace-period=0 2>/dev/null" : ""),
                TO_GO);
    }

    /** @param node for people; the attachment's own, which may be no node any more */
    public static ApiMend attachment(String name, String node, String remembered) {
        return new ApiMend(
                "VolumeAttachment " + name,
                new Change("VolumeAttachment " + name, "of " + node, "deleted"),
                Worst.DELETE,
                KUBE + "is=$(kube get volumeattachment " + Sh.quote(name) + " --ignore-not-found -o name) || exit 1\n"
                        + "[ -z \"$is\" ] || exit 10\n",
                KUBE + remember("volumeattachment " + Sh.quote(name), remembered) + "kube delete volumeattachment "
                        + Sh.quote(name) + " --wait=false\n",
                TO_GO);
    }

    private static String tainted(NodeName node) {
        return KUBE + "is=$(kube get node " + node + " -o jsonpath='{.spec.taints[*].key}') || exit 1\n"
                + "case \" $is \" in *' " + TAINT + " '*) so=1 ;; *) so=0 ;; esac\n";
    }

    public static ApiMend untaint(NodeName node) {
        return new ApiMend(
                "taint out-of-service of " + node,
                new Change("taint " + TAINT, "there, and the node was booted since", "absent"),
                Worst.CHANGE,
                tainted(node) + "[ $so = 0 ] || exit 10\n",
                KUBE + "kube taint node " + node + " " + TAINT + "-\n",
                MOMENT);
    }

    /** Kubernetes then forgets its pods and detaches its volumes (stable since 1.28, "Non-graceful node shutdown"). */
    public static ApiMend taint(NodeName node) {
        return new ApiMend(
                "taint out-of-service of " + node,
                new Change("taint " + TAINT, "absent", "there: its pods and volumes are given to others"),
                Worst.DELETE,
                tainted(node) + "[ $so = 1 ] || exit 10\n",
                KUBE + "kube taint node " + node + " " + TAINT + "=nodeshutdown:NoExecute\n",
                MOMENT);
    }

    private static String application(String namespace, String name) {
        return "kube -n " + Sh.quote(namespace) + " get application " + Sh.quote(name) + " -o jsonpath=";
    }

    /** It knows how it stands, or Argo CD has done what this very deed asked for: then it takes the annotation away. */
    public static ApiMend refresh(String namespace, String name, boolean hard, String remembered) {
        String kind = hard ? "hard" : "normal";
        String object = "-n " + Sh.quote(namespace) + " application " + Sh.quote(name);
        return new ApiMend(
                "Application " + namespace + "/" + name,
                new Change("Application " + namespace + "/" + name, "Unknown", "compared again (" + kind + ")"),
                Worst.CHANGE,
                KUBE + "is=$(" + application(namespace, name) + "'{.status.sync.status}') || exit 1\n"
                        + "case $is in ''|Unknown) ;; *) exit 0 ;; esac\n"
                        + "[ \"$(" + remembered(object) + ")\" = " + Sh.quote(remembered) + " ] || exit 10\n"
                        + "left=$(" + application(namespace, name)
                        + "'{.metadata.annotations.argocd\\.argoproj\\.io/refresh}') || exit 1\n"
                        + "[ -z \"$left\" ] || exit 10\n",
                KUBE + remember(object, remembered) + "kube annotate --overwrite " + object
                        + " argocd.argoproj.io/refresh=" + kind + " >/dev/null\n",
                TO_COMPARE);
    }

    /** As argocd's own terminate-op does: the controller then ends it, and clears the field {@code operation}. */
    public static ApiMend endSync(String namespace, String name) {
        return new ApiMend(
                "sync of Application " + namespace + "/" + name,
                new Change("sync of " + namespace + "/" + name, "runs for more than 15 min", "ended"),
                Worst.CHANGE,
                KUBE + "is=$(" + application(namespace, name)
                        + "'{.status.operationState.phase}/{.operation}') || exit 1\n"
                        + "case $is in Running/*|Terminating/*|*/?*) exit 10 ;; esac\n",
                KUBE + "kube -n " + Sh.quote(namespace) + " patch application " + Sh.quote(name)
                        + " --type=merge -p '{\"status\":{\"operationState\":{\"phase\":\"Terminating\"}}}'"
                        + " >/dev/null\n",
                TO_COMPARE);
    }
}
