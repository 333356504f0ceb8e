package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** Labels, and selectors over them as Kubernetes has them. */
final class Labels {
    private Labels() {}

    static Map<String, String> map(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** All of its terms hold; the empty selector selects everything. */
    static boolean selected(JsonNode selector, Map<String, String> labels) {
        boolean equal = map(selector.path("matchLabels")).entrySet().stream()
                .allMatch(term -> term.getValue().equals(labels.get(term.getKey())));
        return equal && all(selector.path("matchExpressions"), labels);
    }

    static boolean all(JsonNode terms, Map<String, String> labels) {
        for (JsonNode term : terms) {
            if (!holds(term, labels)) {
                return false;
            }
        }
        return true;
    }

    /** An operator that Kubernetes does not have holds never. */
    private static boolean holds(JsonNode term, Map<String, String> labels) {
        String key = term.path("key").asText();
        String is = labels.getOrDefault(key, "");
        return switch (term.path("operator").asText()) {
            case "In" -> labels.containsKey(key) && among(term, is);
            case "NotIn" -> !labels.containsKey(key) || !among(term, is);
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            case "Gt" -> compare(is, term) > 0;
            case "Lt" -> compare(is, term) < 0;
            default -> false;
        };
    }

    private static boolean among(JsonNode term, String is) {
        for (JsonNode value : term.path("values")) {
            if (value.asText().equals(is)) {
                return true;
            }
        }
        return false;
    }

    /** 0 as well where one of the two is no number. */
    private static int compare(String is, JsonNode term) {
        String to = term.path("values").path(0).asText();
        boolean numbers = is.matches("-?\\d{1,18}") && to.matches("-?\\d{1,18}");
        return numbers ? Long.compare(Long.parseLong(is), Long.parseLong(to)) : 0;
    }
}
