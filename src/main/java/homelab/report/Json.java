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
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a JSON tree", e);
        }
    }

    /** On one line, for the journal. */
    static String line(ObjectMapper mapper, Map<String, ?> content) {
        try {
            return mapper.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a JSON tree", e);
        }
    }
}
