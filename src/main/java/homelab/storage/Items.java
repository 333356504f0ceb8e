package homelab.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The items of a list as the API tells it. */
final class Items {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Items() {}

    /** @throws IllegalArgumentException when it is no JSON; an empty text has no items */
    static List<JsonNode> of(String list) {
        List<JsonNode> items = new ArrayList<>();
        if (!list.isBlank()) {
            tree(list).path("items").forEach(items::add);
        }
        return items;
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the API answered something else than JSON", e);
        }
    }

    static String name(JsonNode item) {
        return item.path("metadata").path("name").asText();
    }
}
