package homelab.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What k3s writes on its Node when it is started: {@code k3s.io/node-args}, the arguments with those of its files among
 * them, and {@code k3s.io/node-env}, its variables (k3s, pkg/nodeconfig).
 */
final class NodeNotes {
    private static final String ARGUMENTS = "k3s.io/node-args";
    private static final String VARIABLES = "k3s.io/node-env";

    private NodeNotes() {}

    /** @param node as the API answers; empty when it was not asked */
    static Optional<Arguments> read(String node) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        JsonNode notes = JsonAnswer.tree(node).path("metadata").path("annotations");
        if (!notes.path(ARGUMENTS).isTextual()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        JsonAnswer.tree(notes.path(ARGUMENTS).asText()).forEach(word -> words.add(word.asText()));
        Map<String, String> variables = new LinkedHashMap<>();
        JsonAnswer.tree(notes.path(VARIABLES).asText("{}"))
                .fields()
                .forEachRemaining(
                        pair -> variables.put(pair.getKey(), pair.getValue().asText()));
        return Optional.of(Arguments.ofVariables(variables, VARIABLES).yielding(Arguments.ofWords(words, ARGUMENTS)));
    }
}
