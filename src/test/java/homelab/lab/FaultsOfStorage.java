package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** Where data lies. Longhorn is the lab's double, which breaks on command. */
final class FaultsOfStorage {
    private static final String NAMESPACE = "-n longhorn-system ";

    /** None may be left while it is changed: what they do not want beside them binds those that come, too. */
    private static final String HELPERS = """
            helpers() { k3s kubectl -n longhorn-system "$@"; }
            helpers scale deployment csi-resizer --replicas=0
            helpers wait --for=delete pod -l app=csi-resizer --timeout=60s
            CHANGE
            helpers scale deployment csi-resizer --replicas=2
            helpers rollout status deployment csi-resizer --timeout=60s
            k3s kubectl uncordon ultron
            """;

    /** As after an installation for which one node came late. */
    private static final String TOGETHER = """
            helpers patch deployment csi-resizer -p '{"spec":{"template":{"spec":{"affinity":null}}}}'
            k3s kubectl cordon ultron""";

    private static final String APART = "helpers rollout undo deployment csi-resizer";

    private FaultsOfStorage() {}

    static List<Fault> all() {
        return List.of(
                warns("STO-008", "two default StorageClasses")
                        .kubectl(
                                "annotate storageclass local-path storageclass.kubernetes.io/is-default-class=true --overwrite",
                                "annotate storageclass local-path storageclass.kubernetes.io/is-default-class-"),
                fails("STO-001", "the driver of CSI gone from a node")
                        .kubectl(
                                NAMESPACE + "patch daemonset longhorn-csi-plugin -p '{\"spec\":{\"template\":{\"spec\":"
                                        + "{\"nodeSelector\":{\"kubernetes.io/hostname\":\"jarvis\"}}}}}'",
                                NAMESPACE + "patch daemonset longhorn-csi-plugin --type=json -p "
                                        + "'[{\"op\":\"remove\",\"path\":\"/spec/template/spec/nodeSelector\"}]'"),
                fails("STO-002", "all copies of a helper of the driver on one node")
                        .on(Lab.SERVER, HELPERS.replace("CHANGE", TOGETHER), HELPERS.replace("CHANGE", APART)),
                fails("STO-003", "more copies wanted than there are nodes")
                        .kubectl(
                                NAMESPACE
                                        + "patch settings.longhorn.io default-replica-count --type=merge -p '{\"value\":\"3\"}'",
                                NAMESPACE
                                        + "patch settings.longhorn.io default-replica-count --type=merge -p '{\"value\":\"2\"}'"),
                fails("STO-004", "Longhorn's manager of a node not ready").objects(broken("manager-not-ready: ultron")),
                warns("STO-004", "a disk of Longhorn's full").objects(broken("disk-full: ultron")),
                fails("STO-005", "a backup target that is not reached")
                        .objects(broken("backup-target-unavailable: no route to host")),
                warns("STO-007", "a volume bound to a node that is gone").objects(volume("gone")),
                fails("STO-008", "a claim whose volume is gone")
                        .objects(volume("jarvis") + """
                                ---
                                apiVersion: v1
                                kind: PersistentVolumeClaim
                                metadata: {name: pinned, namespace: default}
                                spec: {storageClassName: hand, volumeName: pinned, accessModes: [ReadWriteOnce],
                                       resources: {requests: {storage: 1Mi}}}
                                """)
                        .on(Lab.SERVER, """
                                k3s kubectl wait pvc pinned --for=jsonpath='{.status.phase}'=Bound --timeout=60s
                                k3s kubectl delete pv pinned --wait=false
                                k3s kubectl patch pv pinned --type=merge -p '{"metadata":{"finalizers":null}}'
                                """, "true"));
    }

    private static String broken(String key) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: longhorn-double-faults, namespace: longhorn-system},"
                + " data: {" + key + "}}\n";
    }

    private static String volume(String node) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: pinned}
                spec:
                  capacity: {storage: 1Mi}
                  accessModes: [ReadWriteOnce]
                  storageClassName: hand
                  local: {path: /var/lib/pinned}
                  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
                    {key: kubernetes.io/hostname, operator: In, values: [NODE]}]}]}}
                """.replace("NODE", node);
    }
}
