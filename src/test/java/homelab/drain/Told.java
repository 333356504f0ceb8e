package homelab.drain;

/** What an API would tell, in its words. */
final class Told {
    static final String NODE = "{kind: Node, metadata: {name: ultron}, spec: {}}";
    static final String CLOSED = "{kind: Node, metadata: {name: ultron}, spec: {unschedulable: true}}";
    static final String NONE = "{kind: Status, code: 404}";

    private Told() {}

    /** JSON, written without the quotes of names and words. */
    static String json(String loose) {
        return loose.replaceAll("([A-Za-z][-A-Za-z0-9./]*)(?=[:,\\s}\\]])", "\"$1\"")
                .replaceAll("\"(true|false)\"", "$1");
    }

    static String list(String kind, String... items) {
        return "{\"kind\": \"" + kind + "\", \"items\": [" + json(String.join(", ", items)) + "]}";
    }

    static String pods(String... items) {
        return list("PodList", items);
    }

    static String budgets(String... items) {
        return list("PodDisruptionBudgetList", items);
    }

    /** A pod of a Deployment, on ultron. */
    static String web(String spec) {
        return pod("web-abc-1", "{kind: ReplicaSet, name: web-abc, controller: true}", spec);
    }

    static String pod(String name, String owner, String spec) {
        return "{metadata: {namespace: default, name: " + name + ", labels: {app: web, pod-template-hash: abc}"
                + ", ownerReferences: [" + owner + "]}, spec: {nodeName: ultron " + spec
                + "}, status: {phase: Running, conditions: [{type: Ready, status: True}]}}";
    }

    /** A budget of the pods of web. */
    static String budget(int allowed, int desired, int expected) {
        return "{metadata: {namespace: default, name: web}, spec: {selector: {matchLabels: {app: web}}}, status: {"
                + "disruptionsAllowed: " + allowed + ", currentHealthy: " + expected + ", desiredHealthy: " + desired
                + ", expectedPods: " + expected + "}}";
    }
}
