package homelab.resource.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as plain maps, lists and scalars. */
public final class Trees {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private Trees() {}

    /** @throws IllegalStateException when it is no JSON object */
    public static Map<String, Object> json(String text) {
        try {
            return JSON.readValue(text, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API answered something else than JSON" + where(text, e), e);
        }
    }

    /** Where it goes wrong and not what stands there: it may be secret. */
    private static String where(String text, JsonProcessingException e) {
        long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
        return " (" + text.length() + " characters, wrong at " + at + ")";
    }

    public static String text(Map<String, Object> tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is JSON", e);
        }
    }

    /** What lies at a path of keys; empty when there is nothing, or null. */
    public static Optional<Object> at(@Nullable Object tree, String... keys) {
        Object found = tree;
        for (String key : keys) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(found);
    }

    public static String word(@Nullable Object tree, String... keys) {
        return at(tree, keys).map(String::valueOf).orElse("");
    }

    public static long number(@Nullable Object tree, long absent, String... keys) {
        return at(tree, keys)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(absent);
    }

    public static Map<String, Object> map(@Nullable Object tree, String... keys) {
        Map<String, Object> found = new LinkedHashMap<>();
        if (at(tree, keys).orElse("") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> found.put(String.valueOf(key), value));
        }
        return found;
    }

    public static List<?> list(@Nullable Object tree, String... keys) {
        return at(tree, keys).orElse("") instanceof List<?> list ? list : List.of();
    }

    /** One tree laid over another, key by key; a list takes the place of a list. */
    public static Map<String, Object> over(Map<String, Object> under, Map<String, Object> over) {
        Map<String, Object> all = new LinkedHashMap<>(under);
        over.forEach((key, value) -> all.merge(
                key,
                value,
                (before, after) -> before instanceof Map<?, ?> && after instanceof Map<?, ?>
                        ? over(map(before), map(after))
                        : after));
        return all;
    }

    /** A scalar as it is compared and shown: numbers without the zeros that say nothing. */
    public static String scalar(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            BigDecimal plain = decimal.stripTrailingZeros();
            return plain.scale() < 0 ? plain.setScale(0).toString() : plain.toString();
        }
        return value instanceof Double number ? scalar(BigDecimal.valueOf(number)) : String.valueOf(value);
    }
}
