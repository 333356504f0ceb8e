package homelab.gate;

import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.doctor.Listing;
import homelab.probe.Probe;
import java.util.List;

/** Two Pis some minutes after a power cut, all of them well, with Longhorn and Argo CD: tests break one thing each. */
final class Booted {
    static final String LONG_AGO = "2026-11-22T04:30:00Z"; // 14 min before now
    static final String JUST_NOW = "2026-11-22T04:43:00Z"; // 1 min

    private static final String WELL = """
            homelab-evidence 1
            kubelet 900
            runtime answers
            s m longhorn-system longhorn-manager uid-longhorn-manager-jarvis 0 ready 1700000000 -
            s n longhorn-system longhorn-manager uid-longhorn-manager-ultron 0 ready 1700000000 -
            s o longhorn-system longhorn-csi-plugin uid-longhorn-csi-plugin-jarvis 0 ready 1700000000 -
            s p longhorn-system longhorn-csi-plugin uid-longhorn-csi-plugin-ultron 0 ready 1700000000 -
            ok s
            ok c
            ok t
            ok b
            ok h
            ok k
            ok p
            end
            """;

    private Booted() {}

    static Houses well() {
        Houses houses = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                .answers("jarvis", ask("check:readyz"), "ok")
                .answers("jarvis", ask("check:coredns"), """
                        {"kind": "Deployment", "spec": {"replicas": 1}, "status": {"availableReplicas": 1}}""")
                .answers("jarvis", ask("doctor:etcd"), "health {\"health\":\"true\"}\netcd_server_has_leader 1\n");
        for (String node : List.of("jarvis", "ultron")) {
            houses = host(houses, node);
        }
        houses = peers(houses);
        return storage(lists(nodes(houses, node("jarvis", "", ""), node("ultron", "", ""))));
    }

    private static Houses host(Houses houses, String node) {
        return houses.answers(node, ask("check:unit"), "LoadState=loaded\nActiveState=active\nSubState=running")
                .answers(node, ask("check:pod-subnet"), "FLANNEL_SUBNET=10.42.0.1/24")
                .answers(node, ask("facts:system"), "\n@@homelab boot-id\nboot-of-" + node + "\n")
                .answers(node, HostLook.PROBE, "up 840")
                .answers(node, ask("gate:cni"), "")
                .answers(node, ask("doctor:dns"), "udp " + "484c8180000100010000000000000000")
                .answers(node, ask("doctor:from-pods"), "")
                .answers(node, SandboxesGate.EVIDENCE, WELL);
    }

    private static Houses peers(Houses houses) {
        return houses.answers("jarvis", ask("check:peers"), "ultron lan 0\nultron pods 0")
                .answers("ultron", ask("check:peers"), "jarvis lan 0\njarvis pods 0");
    }

    static Probe<String> ask(String id) {
        return Probe.text(id, "");
    }

    /** Both lists of Nodes: the conditions' and the gates'. */
    static Houses nodes(Houses houses, String... nodes) {
        String items = "[" + String.join(",", nodes) + "]";
        return houses.answers("jarvis", ask("check:nodes"), "{\"kind\": \"NodeList\", \"items\": " + items + "}")
                .lists(Lists.NODES, items);
    }

    /** Ready since 04:33. @param spec and @param annotations inside of their braces */
    static String node(String name, String spec, String annotations) {
        return node(name, "True", "2026-11-22T04:33:00Z", spec, annotations);
    }

    static String node(String name, String ready, String since, String spec, String annotations) {
        return """
                {"metadata": {"name": "NAME", "labels": {}, "annotations": {ANNOTATIONS}}, "spec": {SPEC},
                 "status": {"nodeInfo": {"bootID": "boot-of-NAME", "kubeletVersion": "v1.33.4+k3s1"}, "conditions": [
                  {"type": "Ready", "status": "READY", "lastTransitionTime": "SINCE"},
                  {"type": "EtcdIsVoter", "status": "True"}]}}""".replace("NAME", name)
                .replace("ANNOTATIONS", annotations)
                .replace("SPEC", spec)
                .replace("READY", ready)
                .replace("SINCE", since);
    }

    private static Houses lists(Houses houses) {
        return houses.lists(new Listing("networkpolicies", "", List.of()), "[]")
                .lists(Lists.EVENTS, "[]")
                .lists(Lists.ATTACHMENTS, "[]")
                .lists(Lists.CLAIMED, "[]")
                .lists(Lists.PODS, "[" + String.join(",", pods()) + "]")
                .lists(Lists.STATEFUL_SETS, "[" + argo("argocd-application-controller", 1) + "]")
                .lists(Lists.DEPLOYMENTS, deployments(1, 1))
                .lists(Lists.APPLICATIONS, "[" + application("Synced", "Healthy", "", "") + "]");
    }

    static String deployments(int attacher, int repoServer) {
        return "["
                + String.join(
                        ",",
                        set("longhorn-system", "csi-attacher", "", attacher),
                        set("longhorn-system", "csi-provisioner", "", 1),
                        argo("argocd-repo-server", repoServer),
                        argo("argocd-redis", 1))
                + "]";
    }

    static String set(String namespace, String name, String labels, int there) {
        return """
                {"metadata": {"namespace": "%s", "name": "%s", "labels": {%s}}, "spec": {"replicas": 1},
                 "status": {"readyReplicas": %d, "availableReplicas": %d}}""".formatted(namespace, name, labels, there, there);
    }

    private static String argo(String name, int there) {
        String labels = "\"app.kubernetes.io/part-of\": \"argocd\", \"app.kubernetes.io/name\": \"" + name + "\"";
        return set("argocd", name, labels, there);
    }

    /** @param operation of status.operationState; @param annotations both inside of their braces */
    static String application(String sync, String health, String operation, String annotations) {
        return """
                {"metadata": {"namespace": "argocd", "name": "web", "annotations": {%s}}, "status":
                 {"sync": {"status": "%s"}, "health": {"status": "%s"}, "operationState": {%s}}}""".formatted(annotations, sync, health, operation);
    }

    static List<String> pods() {
        return List.of(
                pod("longhorn-manager", "jarvis", "True", LONG_AGO),
                pod("longhorn-manager", "ultron", "True", LONG_AGO),
                pod("longhorn-csi-plugin", "jarvis", "True", LONG_AGO),
                pod("longhorn-csi-plugin", "ultron", "True", LONG_AGO));
    }

    static String pod(String app, String node, String ready, String since) {
        return """
                {"metadata": {"namespace": "longhorn-system", "name": "APP-NODE", "uid": "uid-APP-NODE", "labels": {"app": "APP"}},
                 "spec": {"nodeName": "NODE"}, "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "READY"}],
                  "containerStatuses": [{"state": {"running": {"startedAt": "SINCE"}}}]}}""".replace("APP", app)
                .replace("NODE", node)
                .replace("READY", ready)
                .replace("SINCE", since);
    }

    /** A pod that somebody deleted while ultron was away. */
    static String ending(String node, String deleted, String more) {
        return """
                {"metadata": {"namespace": "default", "name": "db-0", "uid": "uid-db-0", "deletionTimestamp": "%s" %s},
                 "spec": {"nodeName": "%s"}, "status": {"phase": "Running"}}""".formatted(deleted, more, node);
    }

    private static Houses storage(Houses houses) {
        return houses.lists(Lists.LONGHORN_NODES, "[" + kept("jarvis", "True") + "," + kept("ultron", "True") + "]")
                .lists(
                        Lists.ENGINE_IMAGES,
                        "[{\"metadata\": {\"name\": \"ei\"}, \"status\": {\"state\": \"deployed\"}}]")
                .lists(Lists.INSTANCES, "[]")
                .lists(
                        Lists.CSI_NODES,
                        "[" + driver("jarvis", "driver.longhorn.io") + "," + driver("ultron", "driver.longhorn.io")
                                + "]")
                .lists(Lists.VOLUMES, "[" + volume("attached", "healthy") + "]");
    }

    static String kept(String node, String ready) {
        return "{\"metadata\": {\"name\": \"" + node
                + "\"}, \"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"" + ready + "\"}]}}";
    }

    static String driver(String node, String driver) {
        return "{\"metadata\": {\"name\": \"" + node + "\"}, \"spec\": {\"drivers\": [{\"name\": \"" + driver
                + "\"}]}}";
    }

    static String volume(String state, String robustness) {
        return """
                {"metadata": {"name": "pvc-1"}, "status": {"state": "%s", "robustness": "%s",
                 "kubernetesStatus": {"namespace": "default", "pvcName": "data"}}}""".formatted(state, robustness);
    }

    /** @param more inside of the braces of metadata */
    static String attachment(String node, String created, String more) {
        return """
                {"metadata": {"name": "csi-1", "creationTimestamp": "%s" %s}, "spec": {"nodeName": "%s",
                 "attacher": "driver.longhorn.io", "source": {"persistentVolumeName": "pv-1"}}, "status": {"attached": true}}""".formatted(created, more, node);
    }

    /** Evidence with more lines. */
    static String evidence(String... lines) {
        return WELL.replace("end\n", String.join("\n", lines) + "\nend\n");
    }
}
