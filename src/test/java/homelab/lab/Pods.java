package homelab.lab;

import java.util.HashMap;
import java.util.Map;

/** A web server in a pod on every node, which tells the node's name. */
record Pods(Lab lab, Map<String, String> names, Map<String, String> addresses) {
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: story, namespace: default}
            spec:
              selector: {matchLabels: {app: story}}
              template:
                metadata: {labels: {app: story}}
                spec:
                  terminationGracePeriodSeconds: 0
                  tolerations: [{operator: Exists}]
                  containers:
                  - name: web
                    image: busybox:1
                    imagePullPolicy: IfNotPresent
                    command: [sh, -c, 'mkdir -p /www; echo $NODE > /www/index.html; exec httpd -f -p 8080 -h /www']
                    env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
            """;

    static Pods onEachNode(Lab lab) {
        kubectl(lab, "apply -f - <<'Y'\n" + MANIFEST + "Y\n");
        kubectl(lab, "rollout status daemonset/story --timeout=90s");
        Map<String, String> names = new HashMap<>();
        Map<String, String> addresses = new HashMap<>();
        String columns = "NODE:.spec.nodeName,NAME:.metadata.name,IP:.status.podIP";
        kubectl(lab, "get pods -l app=story --no-headers -o custom-columns=" + columns)
                .lines()
                .map(line -> line.split(" +"))
                .forEach(part -> {
                    names.put(part[0], part[1]);
                    addresses.put(part[0], part[2]);
                });
        return new Pods(lab, names, addresses);
    }

    /** What the pod of one node hears from that of another. */
    String answers(String from, String to) {
        return kubectl(
                lab, "exec " + names.get(from) + " -- timeout 10 wget -qO- http://" + addresses.get(to) + ":8080/");
    }

    static String kubectl(Lab lab, String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }
}
