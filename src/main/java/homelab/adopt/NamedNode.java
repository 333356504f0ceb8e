package homelab.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.Ip;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** A node as the API names it. @param server whether it is one of the control plane */
public record NamedNode(String name, Ip address, boolean server) {

    /** All of them, asked of a server. */
    public static final Probe<List<NamedNode>> ALL =
            ApiReads.probe("api:nodes to write down", "/api/v1/nodes", answer -> read(answer.text()));

    static List<NamedNode> read(String text) {
        List<NamedNode> named = new ArrayList<>();
        for (JsonNode node : JsonAnswer.tree(text).path("items")) {
            JsonNode meta = node.path("metadata");
            for (JsonNode address : node.path("status").path("addresses")) {
                if (address.path("type").asText().equals("InternalIP")) {
                    named.add(new NamedNode(
                            meta.path("name").asText(),
                            Ip.parse(address.path("address").asText()),
                            meta.path("labels").has("node-role.kubernetes.io/control-plane")));
                    break;
                }
            }
        }
        return named;
    }
}
