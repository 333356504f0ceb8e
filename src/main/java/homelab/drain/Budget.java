package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A PodDisruptionBudget (policy/v1): how many of some pods may be missing.
 *
 * @param allowed how many more may go now
 * @param healthy how many work now
 * @param desired how many must
 * @param expected how many there should be; 0 as long as nobody has counted
 * @param sickMayGo whether a pod that does not work may go at any time
 */
public record Budget(
        String namespace,
        String name,
        JsonNode selector,
        int allowed,
        int healthy,
        int desired,
        int expected,
        boolean sickMayGo) {

    static Budget of(JsonNode item) {
        JsonNode spec = item.path("spec");
        JsonNode status = item.path("status");
        return new Budget(
                item.path("metadata").path("namespace").asText(),
                item.path("metadata").path("name").asText(),
                spec.path("selector"),
                status.path("disruptionsAllowed").asInt(),
                status.path("currentHealthy").asInt(),
                status.path("desiredHealthy").asInt(),
                status.path("expectedPods").asInt(),
                spec.path("unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"));
    }

    /** One without a selector is of no pod. */
    boolean covers(Pod pod) {
        Map<String, String> labels = pod.labels();
        return namespace.equals(pod.namespace()) && selector.isObject() && Labels.selected(selector, labels);
    }

    /** Whether it says no to the pod's leaving now. */
    boolean bars(Pod pod) {
        return allowed < 1 && !(sickMayGo && !pod.ready());
    }

    /** Whether it says no however long one waits: all that there should be must work. */
    boolean barsForEver(Pod pod) {
        return bars(pod) && pod.counted() && expected > 0 && desired >= expected;
    }

    /** "PodDisruptionBudget default/web wants 1 of 1 to work, and 1 do". */
    public String told() {
        return "PodDisruptionBudget " + namespace + "/" + name + " wants " + desired + " of " + expected
                + " to work, and " + healthy + (healthy == 1 ? " does" : " do");
    }
}
