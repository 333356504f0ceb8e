package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies in an object.
 *
 * @param steps keys as text; of a list the element itself, found by its name and not by its place
 */
record Field(List<Object> steps) {
    static final Field ROOT = new Field(List.of());

    /** By which elements of lists are told apart, as the API does for the lists that matter. */
    static final List<String> NAMES = List.of("name", "mountPath", "containerPort", "port", "key", "ip", "type");

    Field {
        steps = List.copyOf(steps);
    }

    static Field at(String... keys) {
        return new Field(List.of((Object[]) keys));
    }

    Field then(Object step) {
        List<Object> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Field(longer);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof JsonNode element) {
                text.append('[').append(name(element)).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }

    private static String name(JsonNode element) {
        return NAMES.stream()
                .filter(element::has)
                .map(key -> element.path(key).asText())
                .findFirst()
                .orElse("…");
    }
}
