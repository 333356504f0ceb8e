package homelab.resource.helm;

import homelab.resource.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a chart is told now against what it should be told, key by key. */
public final class Differences {
    /** Values are no place for secrets, and somebody will put one there all the same. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(passw|secret|token|credential|private[-_]?key|api[-_]?key)[^.\\[]*(\\[\\d+])?$");

    private Differences() {}

    public static List<Change> of(String title, Map<String, Object> before, Map<String, Object> after) {
        Map<String, String> was = flat(before);
        Map<String, String> will = flat(after);
        Set<String> paths = new LinkedHashSet<>(will.keySet());
        paths.addAll(was.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            String from = was.getOrDefault(path, "absent");
            String to = will.getOrDefault(path, "absent");
            if (!from.equals(to)) {
                changes.add(new Change(title + path, shown(path, from), shown(path, to)));
            }
        }
        return changes;
    }

    /** The value, unless its key says that nobody is to see it. */
    static String shown(String path, String value) {
        return value.equals("absent") || !SECRET.matcher(path).find() ? value : "***";
    }

    private static Map<String, String> flat(Map<String, Object> tree) {
        Map<String, String> flat = new LinkedHashMap<>();
        tree.forEach((key, value) -> flatten(key, value, flat));
        return flat;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, inner) -> flatten(path + "." + key, inner, flat));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), flat);
            }
        } else {
            flat.put(path, Trees.scalar(value));
        }
    }
}
