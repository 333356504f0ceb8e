package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.json.JsonAnswer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON read leniently: what is missing reads as empty, as the API leaves out blanks. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** @throws IllegalArgumentException when it is no JSON */
    static JsonNode tree(String text) {
        return JsonAnswer.tree(text);
    }

    /** A tree of maps, lists and scalars as JSON. */
    static JsonNode tree(Object plain) {
        return MAPPER.valueToTree(plain);
    }

    static JsonNode at(JsonNode tree, String... keys) {
        JsonNode found = tree;
        for (String key : keys) {
            found = found.path(key);
        }
        return found;
    }

    static String word(JsonNode tree, String... keys) {
        return at(tree, keys).asText("");
    }

    static Optional<Instant> time(JsonNode tree, String... keys) {
        try {
            String text = word(tree, keys);
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(item -> words.add(item.asText()));
        return words;
    }

    static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
