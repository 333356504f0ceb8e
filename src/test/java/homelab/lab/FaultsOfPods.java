package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** Pods that ask for too little or too much, or do not run, in a namespace that is in order otherwise. */
final class FaultsOfPods {
    /** Says what its pods may do, and is closed but for DNS. */
    static final String ROOM = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: room
              labels: {pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: restricted,
                       pod-security.kubernetes.io/audit: restricted}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed, namespace: room}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
              egress:
              - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
                ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
            ---
            """;

    private static final String SMALL = "{requests: {cpu: 5m, memory: 8Mi}, limits: {memory: 16Mi}}";

    private FaultsOfPods() {}

    /** @param container fields of its only container, in YAML on one line; @param spec further fields of the pod */
    static String pod(String container, String spec) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: guest, namespace: room, labels: {app: guest}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: guest, %s}]
                """.formatted(container) + (spec.isEmpty() ? "" : "  " + spec + "\n");
    }

    /** One that does nothing, and asks for little. */
    static String idle(String more, String spec) {
        return pod(
                "image: 'busybox:1', command: [sleep, '9999'], resources: " + SMALL
                        + (more.isEmpty() ? "" : ", " + more),
                spec);
    }

    static List<Fault> all() {
        return List.of(
                warns("POD-001", "a pod that says nothing of its memory")
                        .objects(ROOM + pod("image: 'busybox:1', command: [sleep, '9999']", "")),
                fails("POD-003", "limits of three times a node's memory")
                        .objects(ROOM
                                + pod(
                                        "image: 'busybox:1', command: [sleep, '9999'], resources: {requests: {memory: 8Mi},"
                                                + " limits: {memory: 90Gi}}",
                                        "")),
                fails("POD-005", "a pod that outgrows its limit of memory, over and over")
                        .objects(ROOM
                                + pod(
                                        "image: 'busybox:1', command: [sh, -c, 'tail -n 1 /dev/zero'], resources: "
                                                + SMALL,
                                        ""))
                        .beside("POD-004"),
                fails("POD-005", "an image that nobody has")
                        .objects(ROOM + pod("image: 'nobody.invalid/has:1', resources: " + SMALL + "", "")),
                fails("POD-005", "a Secret that is absent")
                        .objects(ROOM + idle("envFrom: [{secretRef: {name: nowhere}}]", "")),
                fails("POD-005", "a container that ends at once")
                        .objects(ROOM + pod("image: 'busybox:1', command: ['false'], resources: " + SMALL, "")),
                warns("POD-006", "pods that have ended and are kept").objects(ROOM + """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: many, namespace: room}
                        spec:
                          completions: 22
                          parallelism: 11
                          template:
                            spec:
                              restartPolicy: Never
                              containers: [{name: one, image: 'busybox:1', command: ['true'], resources: RESOURCES}]
                        """.replace("RESOURCES", SMALL)),
                fails("PLACE-003", "a pod that no node takes").objects(ROOM + idle("", "nodeSelector: {disk: tape}")),
                fails("PLACE-001", "a pod like Prometheus on the server, where the inventory wants agents")
                        .objects(ROOM + idle("", "nodeName: jarvis"))
                        .where("nodes:\n", "placement: [{pods: room/app=guest, nodes: [agents]}]\nnodes:\n")
                        .beside("PLACE-002"));
    }
}
