package homelab.lab;

import java.time.Duration;

/**
 * Sandboxes that keep a name which the kubelet is going to ask for, made by hand with crictl: containerd's refusal and the
 * kubelet's asking again are real, only how the record came about is not. A wrong clock makes the same on its own.
 */
record Ghosts(Lab lab) {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: default}
            spec:
              restartPolicy: %s
              schedulingGates: [{name: homelab/story}]
              nodeSelector: {kubernetes.io/hostname: ultron}
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: 'busybox:1', command: [sh, -c, 'echo ran >>/var/tmp/%s; sleep 9999'],
                volumeMounts: [{name: tmp, mountPath: /var/tmp}]}]
              volumes: [{name: tmp, hostPath: {path: /var/tmp}}]
            """;

    private static final String MAKE = """
            cat >/run/ghost.json <<'J'
            {"metadata": {"name": "%s", "namespace": "default", "uid": "%s", "attempt": 0},
             "linux": {"security_context": {"namespace_options": {"network": 2}}}}
            J
            k3s crictl stopp $(k3s crictl runp /run/ghost.json) >/dev/null; k3s crictl pods --name '^%s$' -q --no-trunc
            """;

    private static final String DEAD = "test ! -e /run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/";

    /**
     * A pod on the agent that cannot start, since a dead sandbox has its name; its id. Once a minute the kubelet clears away
     * sandboxes of pods that it does not know yet, and a scheduler that just started again takes its time.
     */
    String bar(String pod, String policy) {
        for (int i = 0; i < 3; i++) {
            String ghost = ask(pod, policy);
            if (!ran(pod)) {
                return ghost;
            }
            System.err.println("the kubelet cleared the ghost of " + pod + " away; once more");
            delete(pod);
            lab.on(Lab.AGENT, "rm -f /var/tmp/" + pod);
        }
        throw new AssertionError("three times the kubelet cleared the ghost of " + pod + " away");
    }

    private String ask(String pod, String policy) {
        Pods.kubectl(lab, "apply -f - <<'Y'\n" + POD.formatted(pod, policy, pod) + "Y\n");
        String uid = Pods.kubectl(lab, "get pod " + pod + " -o jsonpath='{.metadata.uid}'");
        String ghost = lab.on(Lab.AGENT, MAKE.formatted(pod, uid, pod));
        Pods.kubectl(
                lab,
                "patch pod " + pod + " --type=json -p '[{\"op\": \"remove\", \"path\": \"/spec/schedulingGates\"}]'");
        Launched.eventually(
                "nothing of it runs", () -> lab.tried(Lab.AGENT, DEAD + ghost).exit() == 0);
        try {
            Launched.eventually(
                    "the kubelet asks for the name of " + pod,
                    Duration.ofSeconds(90),
                    () -> asked(pod, uid) > 0 || ran(pod));
        } catch (AssertionError never) {
            throw new AssertionError(never.getMessage() + "\n" + state(pod), never);
        }
        return ghost;
    }

    private String state(String pod) {
        return lab.tried(Lab.SERVER, "k3s kubectl describe pod " + pod + "; k3s kubectl get nodes")
                        .out()
                + lab.tried(
                                Lab.AGENT,
                                "k3s crictl pods; journalctl -q -o short -u k3s-agent --since=-3min | grep '" + pod
                                        + "' | tail -n 20 | cut -c1-300")
                        .out();
    }

    /** How often the kubelet asked in vain. */
    private int asked(String pod, String uid) {
        return Integer.parseInt(lab.on(
                Lab.AGENT,
                "journalctl -q -o cat -u k3s-agent --since=-10min | grep 'is reserved for' | grep -c '" + pod
                        + "_default_" + uid + "_' || :"));
    }

    private boolean ran(String pod) {
        return runs(pod) > 0;
    }

    /** How many times the pod's container has run. */
    int runs(String pod) {
        return Integer.parseInt(lab.on(Lab.AGENT, "cat /var/tmp/" + pod + " 2>/dev/null | wc -l"));
    }

    boolean isReady(String pod) {
        return Pods.kubectl(lab, "get pod " + pod + " -o jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}'")
                .equals("True");
    }

    void delete(String... pods) {
        Pods.kubectl(lab, "delete pod --ignore-not-found --wait=true " + String.join(" ", pods));
    }
}
