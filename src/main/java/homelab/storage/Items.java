package homelab.storage;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import java.util.ArrayList;
import java.util.List;

/** The items of a list as the API tells it. */
final class Items {
    private Items() {}

    /** @throws IllegalArgumentException when it is no JSON; an empty text has no items */
    static List<JsonNode> of(String list) {
        List<JsonNode> items = new ArrayList<>();
        JsonAnswer.tree(list).path("items").forEach(items::add);
        return items;
    }

    static String name(JsonNode item) {
        return item.path("metadata").path("name").asText();
    }
}
