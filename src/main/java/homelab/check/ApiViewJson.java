package homelab.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a snapshot holds of the API, as JSON. */
final class ApiViewJson {
    private ApiViewJson() {}

    static void write(ObjectNode into, ApiView api) {
        ReadingJson.write(into.putObject("ready"), api.ready(), (value, ready) -> value.put("ok", ready));
        ReadingJson.write(into.putObject("nodes"), api.nodes(), ApiViewJson::nodes);
        ReadingJson.write(
                into.putObject("coreDns"),
                api.coreDns(),
                (value, found) -> found.ifPresent(deployment ->
                        value.put("wanted", deployment.wanted()).put("available", deployment.available())));
    }

    private static void nodes(ObjectNode into, List<NodeView> nodes) {
        nodes.forEach(node -> node(into.putObject(node.name()), node));
    }

    private static void node(ObjectNode into, NodeView node) {
        into.put("server", node.server()).put("version", node.version());
        node.created().ifPresent(created -> into.put("created", created.toString()));
        status(into.putObject("ready"), node.ready());
        node.etcdVoter().ifPresent(voter -> status(into.putObject("etcdVoter"), voter));
        ObjectNode labels = into.putObject("labels");
        node.labels().forEach(labels::put);
        node.taints().forEach(into.putArray("taints")::add);
    }

    private static void status(ObjectNode into, Status status) {
        into.put("status", status.status()).put("reason", status.reason()).put("message", status.message());
    }

    static ApiView read(JsonNode api) {
        return new ApiView(
                ReadingJson.read(api.path("ready"), value -> value.path("ok").asBoolean()),
                ReadingJson.read(api.path("nodes"), ApiViewJson::nodes),
                ReadingJson.read(api.path("coreDns"), ApiViewJson::deployment));
    }

    private static List<NodeView> nodes(JsonNode value) {
        List<NodeView> nodes = new ArrayList<>();
        value.properties().forEach(entry -> nodes.add(node(entry.getKey(), entry.getValue())));
        return nodes;
    }

    private static NodeView node(String name, JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.path("labels")
                .properties()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
        List<String> taints = new ArrayList<>();
        node.path("taints").forEach(taint -> taints.add(taint.asText()));
        return new NodeView(
                name,
                node.path("server").asBoolean(),
                ReadingJson.text(node, "version"),
                node.has("created") ? Optional.of(Instant.parse(ReadingJson.text(node, "created"))) : Optional.empty(),
                status(node.path("ready")),
                node.has("etcdVoter") ? Optional.of(status(node.path("etcdVoter"))) : Optional.empty(),
                labels,
                taints);
    }

    private static Status status(JsonNode json) {
        return new Status(
                ReadingJson.text(json, "status"), ReadingJson.text(json, "reason"), ReadingJson.text(json, "message"));
    }

    private static Optional<DeploymentView> deployment(JsonNode value) {
        return value.has("wanted")
                ? Optional.of(new DeploymentView(
                        value.path("wanted").asInt(), value.path("available").asInt()))
                : Optional.empty();
    }
}
