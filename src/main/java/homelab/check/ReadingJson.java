package homelab.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.probe.Reading;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A reading as JSON: {@code {"value": {...}}} or {@code {"unknown": "why"}}. */
final class ReadingJson {
    private ReadingJson() {}

    static <T> void write(ObjectNode into, Reading<T> reading, BiConsumer<ObjectNode, T> value) {
        if (reading instanceof Reading.Known<T> known) {
            value.accept(into.putObject("value"), known.value());
        } else {
            into.put("unknown", ((Reading.Unknown<T>) reading).why());
        }
    }

    /** What is missing altogether is unknown too. */
    static <T> Reading<T> read(JsonNode json, Function<JsonNode, T> value) {
        return json.has("value")
                ? new Reading.Known<>(value.apply(json.path("value")))
                : new Reading.Unknown<>(json.path("unknown").asText("not in the snapshot"));
    }

    static String text(JsonNode json, String key) {
        if (!json.path(key).isTextual()) {
            throw new IllegalArgumentException("no text '" + key + "'");
        }
        return json.path(key).asText();
    }
}
