package homelab.phase;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chart is told because of what the inventory says elsewhere, and why.
 *
 * @param path in the chart's values; a key may hold dots
 * @param value String, Boolean, Integer, List or Map
 */
public record Derived(List<String> path, Object value, String reason) {
    public Derived {
        path = List.copyOf(path);
    }

    /** @param path its keys with dots between them */
    public static Derived of(String path, Object value, String reason) {
        return new Derived(List.of(path.split("\\.")), value, reason);
    }

    /** The path as people write it. */
    public String name() {
        return String.join(".", path);
    }

    /** The derived values with what the user says laid over them. */
    public static Map<String, Object> under(List<Derived> derived, Map<String, Object> own) {
        Map<String, Object> values = new LinkedHashMap<>();
        derived.forEach(one -> put(values, one.path(), one.value()));
        return over(values, own);
    }

    private static void put(Map<String, Object> values, List<String> path, Object value) {
        String key = path.get(0);
        if (path.size() == 1) {
            values.put(key, value);
            return;
        }
        Map<String, Object> inner = new LinkedHashMap<>(map(values.get(key)));
        put(inner, path.subList(1, path.size()), value);
        values.put(key, inner);
    }

    private static Map<String, Object> over(Map<String, Object> base, Map<String, Object> own) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        own.forEach((key, value) -> all.put(
                key,
                value instanceof Map && all.get(key) instanceof Map ? over(map(all.get(key)), map(value)) : value));
        return all;
    }

    @SuppressWarnings("unchecked") // keys of YAML maps are text here, as the inventory's reader made them
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
    }
}
