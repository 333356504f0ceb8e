package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.model.Taint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Node as the API tells it.
 *
 * @param address its InternalIP, "" when it has none yet
 * @param taints in Kubernetes' own spelling, {@code key=value:Effect}, foreign ones too
 * @param closed whether it takes no pods ({@code spec.unschedulable}); the taint of that name follows moments later, by
 *     the node lifecycle controller
 * @param version the kubelet's, "v1.33.4+k3s1"
 * @param machineId the host's /etc/machine-id, "" when the kubelet has not told it yet
 */
public record NodeView(
        String name,
        String address,
        Map<String, Condition> conditions,
        Map<String, String> labels,
        Map<String, String> annotations,
        Set<String> taints,
        boolean closed,
        String version,
        String machineId) {

    /** Names the keys of the labels that homelab has set, so that one that leaves the inventory can be taken away. */
    public static final String OUR_LABELS = "homelab/labels";

    /** The same for taints. */
    public static final String OUR_TAINTS = "homelab/taints";

    /** @param status "True", "False" or "Unknown" */
    public record Condition(String status, String reason, String message) {}

    static NodeView of(JsonNode node) {
        JsonNode metadata = node.path("metadata");
        JsonNode status = node.path("status");
        return new NodeView(
                metadata.path("name").asText(),
                address(status),
                conditions(status),
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                taints(node.path("spec")),
                node.path("spec").path("unschedulable").asBoolean(),
                status.path("nodeInfo").path("kubeletVersion").asText(),
                status.path("nodeInfo").path("machineID").asText());
    }

    private static String address(JsonNode status) {
        for (JsonNode address : status.path("addresses")) {
            if (address.path("type").asText().equals("InternalIP")) {
                return address.path("address").asText();
            }
        }
        return "";
    }

    private static Map<String, Condition> conditions(JsonNode status) {
        Map<String, Condition> found = new LinkedHashMap<>();
        for (JsonNode one : status.path("conditions")) {
            found.put(
                    one.path("type").asText(),
                    new Condition(
                            one.path("status").asText(),
                            one.path("reason").asText(),
                            one.path("message").asText()));
        }
        return found;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> found = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> found.put(entry.getKey(), entry.getValue().asText()));
        return found;
    }

    private static Set<String> taints(JsonNode spec) {
        Set<String> found = new TreeSet<>();
        for (JsonNode taint : spec.path("taints")) {
            String value = taint.path("value").asText();
            found.add(taint.path("key").asText() + (value.isEmpty() ? "" : "=" + value) + ":"
                    + taint.path("effect").asText());
        }
        return found;
    }

    /** A condition by its type ("Ready", "EtcdIsVoter"). */
    public Optional<Condition> condition(String type) {
        return Optional.ofNullable(conditions.get(type));
    }

    public boolean is(String type) {
        return condition(type)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }

    /** The keys that one of our annotations names. */
    public Set<String> ours(String annotation) {
        return Arrays.stream(annotations.getOrDefault(annotation, "").split(","))
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The taints with this key, joined; empty when there is none. */
    Optional<String> taint(String key) {
        List<String> found = new ArrayList<>(taints);
        found.removeIf(taint -> !key(taint).equals(key));
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", found));
    }

    private static String key(String taint) {
        return taint.split("[=:]", 2)[0];
    }

    static String text(List<Taint> taints) {
        return taints.stream().map(Taint::toString).sorted().collect(Collectors.joining(" "));
    }
}
