package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Nodes of the cluster by name, as the API of the server that is asked tells them.
 *
 * @param there whether an API answered at all; without one the list is empty
 */
public record NodeList(boolean there, Map<String, NodeView> byName) {

    /** To be asked on a server; everything that judges Nodes shares it. */
    public static final Probe<NodeList> PROBE = ApiReads.probe("api:nodes", "/api/v1/nodes", NodeList::parse);

    private static NodeList parse(Answer answer) {
        if (!answer.ok()) {
            return new NodeList(false, Map.of());
        }
        if (answer.cut()) {
            throw new IllegalStateException("the list of nodes is longer than what is read of it");
        }
        return parse(answer.text());
    }

    static NodeList parse(String json) {
        JsonNode root = JsonAnswer.tree(json);
        Map<String, NodeView> found = new LinkedHashMap<>();
        for (JsonNode node : root.path("items")) {
            NodeView view = NodeView.of(node);
            found.put(view.name(), view);
        }
        // A server that is just starting answers with a Status object instead.
        return new NodeList(root.path("kind").asText().equals("NodeList"), found);
    }

    public Optional<NodeView> node(NodeName name) {
        return Optional.ofNullable(byName.get(name.text()));
    }
}
