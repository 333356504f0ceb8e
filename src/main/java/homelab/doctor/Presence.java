package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fields of which only is kept that they are there, since what stands in them may be secret. Their paths end with '?'. */
final class Presence {
    private static final String MARK = "?";

    private Presence() {}

    /** The path that is to be read for it. */
    static String path(String field) {
        return field.endsWith(MARK) ? field.substring(0, field.length() - 1) : field;
    }

    /** Puts {@code true} in the place of each such field. */
    static JsonNode only(JsonNode item, List<String> fields) {
        fields.stream()
                .filter(field -> field.endsWith(MARK))
                .forEach(field -> reduce(item, path(field).split("\\.")));
        return item;
    }

    private static void reduce(JsonNode node, String... path) {
        if (node.isArray()) {
            node.forEach(one -> reduce(one, path));
        } else if (path.length > 1) {
            reduce(node.path(path[0]), java.util.Arrays.copyOfRange(path, 1, path.length));
        } else if (node instanceof ObjectNode object && object.hasNonNull(path[0])) {
            object.set(path[0], BooleanNode.TRUE);
        }
    }
}
