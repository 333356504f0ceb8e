package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Fields of which not all is kept, since what stands in them may be secret: of a path that ends with '?' only that it is
 * there, of one with '~' only the words of a list that begin with what follows it.
 */
final class Presence {
    private static final String THERE = "?";
    private static final String WORDS = "~";

    private Presence() {}

    /** The path that is to be read for it. */
    static String path(String field) {
        int end = field.endsWith(THERE) ? field.length() - 1 : field.indexOf(WORDS);
        return end < 0 ? field : field.substring(0, end);
    }

    /** Takes out the rest. */
    static JsonNode only(JsonNode item, List<String> fields) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String field : fields) {
            if (field.endsWith(THERE)) {
                reduce(item, there -> BooleanNode.TRUE, path(field).split("\\."));
            } else if (field.contains(WORDS)) {
                words.computeIfAbsent(path(field), path -> new ArrayList<>())
                        .add(field.substring(field.indexOf(WORDS) + 1));
            }
        }
        words.forEach((path, beginnings) -> reduce(item, list -> words(list, beginnings), path.split("\\.")));
        return item;
    }

    private static JsonNode words(JsonNode list, List<String> beginnings) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        list.forEach(word -> {
            if (word.isTextual() && beginnings.stream().anyMatch(word.asText()::startsWith)) {
                kept.add(word);
            }
        });
        return kept;
    }

    private static void reduce(JsonNode node, UnaryOperator<JsonNode> change, String... path) {
        if (node.isArray()) {
            node.forEach(one -> reduce(one, change, path));
        } else if (path.length > 1) {
            reduce(node.path(path[0]), change, Arrays.copyOfRange(path, 1, path.length));
        } else if (node instanceof ObjectNode object && object.hasNonNull(path[0])) {
            object.set(path[0], change.apply(object.path(path[0])));
        }
    }
}
