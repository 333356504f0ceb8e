package homelab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** JSON text of maps, lists, strings, numbers and booleans; every document names its schema and version. */
public final class Json {

    private Json() {}

    /** On several lines, for {@code -o json}. */
    public static String document(String schema, Map<String, ?> content) {
        Map<String, Object> whole = new java.util.LinkedHashMap<>();
        whole.put("schema", "homelab/" + schema);
        whole.putAll(content);
        try {
            return harmless(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(whole)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a JSON tree", e);
        }
    }

    /** On one line, for the journal. */
    static String line(ObjectMapper mapper, Map<String, ?> content) {
        try {
            return harmless(mapper.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a JSON tree", e);
        }
    }

    /** JSON need not escape all that does harm on a terminal. Outside of strings there is nothing of it but line ends. */
    private static String harmless(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (point == '\n' || !Safe.isHarmful(point)) {
                safe.appendCodePoint(point);
            } else {
                for (char half : Character.toChars(point)) {
                    safe.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return safe.toString();
    }
}
