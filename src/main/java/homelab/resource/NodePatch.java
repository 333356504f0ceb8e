package homelab.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.model.Label;
import homelab.model.Taint;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The JSON merge patch (RFC 7386) that does a {@link Deed.PatchNode} on a Node as it is: foreign labels and taints stay,
 * what was ours and is no longer wanted goes, and the annotations name what is ours from now on. It carries the Node's
 * resourceVersion, since it gives the list of taints as a whole: a change by others in between is refused with HTTP 409
 * and the patch is to be made anew.
 */
public final class NodePatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NodePatch() {}

    /** @param node the Node's JSON as the API gives it now */
    public static String of(String node, Deed.PatchNode deed) {
        try {
            return JSON.writeValueAsString(patch(JSON.readTree(node), deed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API answered something else than a Node", e);
        }
    }

    private static ObjectNode patch(JsonNode node, Deed.PatchNode deed) {
        NodeView is = NodeView.of(node);
        Set<String> labels = deed.labels().stream().map(Label::key).collect(Collectors.toCollection(TreeSet::new));
        Set<String> taints = deed.taints().stream().map(Taint::key).collect(Collectors.toCollection(TreeSet::new));
        ObjectNode patch = JSON.createObjectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put(
                "resourceVersion", node.path("metadata").path("resourceVersion").asText());
        ObjectNode labelsPart = metadata.putObject("labels");
        union(is.ours(NodeView.OUR_LABELS), deed.dropLabels()).forEach(labelsPart::putNull);
        deed.labels().forEach(label -> labelsPart.put(label.key(), label.value()));
        ObjectNode annotations = metadata.putObject("annotations");
        remember(annotations, NodeView.OUR_LABELS, labels);
        remember(annotations, NodeView.OUR_TAINTS, taints);
        Set<String> gone = union(union(is.ours(NodeView.OUR_TAINTS), deed.dropTaints()), taints);
        taints(patch.putObject("spec").putArray("taints"), node.path("spec").path("taints"), gone, deed);
        return patch;
    }

    private static void remember(ObjectNode annotations, String name, Set<String> keys) {
        if (keys.isEmpty()) {
            annotations.putNull(name);
        } else {
            annotations.put(name, String.join(",", keys));
        }
    }

    private static void taints(ArrayNode after, JsonNode before, Set<String> gone, Deed.PatchNode deed) {
        for (JsonNode taint : before) {
            if (!gone.contains(taint.path("key").asText())) {
                after.add(taint);
            }
        }
        for (Taint taint : deed.taints()) {
            ObjectNode one = after.addObject()
                    .put("key", taint.key())
                    .put("effect", taint.effect().name());
            if (!taint.value().isEmpty()) {
                one.put("value", taint.value());
            }
        }
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
