package homelab.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What an API answered, as a tree. What is missing in it reads as missing, not as an error. */
public final class JsonAnswer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonAnswer() {}

    /**
     * @param text an empty one is a tree with nothing in it
     * @throws IllegalArgumentException when it is no JSON; the text stays out of the message, as it may be secret
     */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("something else than JSON was answered", e);
        }
    }
}
