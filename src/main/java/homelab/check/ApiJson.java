package homelab.check;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import homelab.json.JsonAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes out of the API's JSON what conditions look at. What is missing reads as empty, as the API leaves out blanks. */
public final class ApiJson {
    private static final String SERVER = "node-role.kubernetes.io/control-plane";

    private ApiJson() {}

    /** @throws IllegalArgumentException when the text is no NodeList */
    public static List<NodeView> nodes(String json) {
        List<NodeView> nodes = new ArrayList<>();
        tree(json, "NodeList").path("items").forEach(item -> nodes.add(node(item)));
        return nodes;
    }

    /** @throws IllegalArgumentException when the text is no Deployment */
    public static DeploymentView deployment(String json) {
        JsonNode deployment = tree(json, "Deployment");
        return new DeploymentView(
                deployment.path("spec").path("replicas").asInt(1),
                deployment.path("status").path("availableReplicas").asInt(0));
    }

    private static JsonNode tree(String json, String kind) {
        JsonNode tree = JsonAnswer.tree(json);
        if (!tree.path("kind").asText().equals(kind)) {
            throw new IllegalArgumentException("the API answered something other than a " + kind);
        }
        return tree;
    }

    private static NodeView node(JsonNode item) {
        JsonNode metadata = item.path("metadata");
        Map<String, String> labels = new TreeMap<>();
        metadata.path("labels")
                .properties()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
        return new NodeView(
                metadata.path("name").asText(),
                labels.containsKey(SERVER),
                item.path("status").path("nodeInfo").path("kubeletVersion").asText(),
                instant(metadata.path("creationTimestamp").asText()),
                condition(item, "Ready").orElse(new Status("Unknown", "", "no condition Ready yet")),
                condition(item, "EtcdIsVoter"),
                labels,
                taints(item));
    }

    private static Optional<Status> condition(JsonNode item, String type) {
        for (JsonNode condition : item.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return Optional.of(new Status(
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText()));
            }
        }
        return Optional.empty();
    }

    private static List<String> taints(JsonNode item) {
        List<String> taints = new ArrayList<>();
        for (JsonNode taint : item.path("spec").path("taints")) {
            String value = taint.path("value").asText();
            taints.add(taint.path("key").asText() + (value.isEmpty() ? "" : "=" + value) + ":"
                    + taint.path("effect").asText());
        }
        return taints;
    }

    private static Optional<Instant> instant(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }
}
