package homelab.resource.helm;

import homelab.model.Quantity;
import homelab.resource.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a live object is not as its release rendered it, field by field. Fields that the release does not name are
 * others' to set: the API's defaults, controllers, admission, and people. What Kubernetes writes in another way than it
 * was given counts as the same.
 */
public final class Drifted {
    /** Set or moved by the API itself. */
    private static final Set<String> NOT_COMPARED =
            Set.of("metadata.namespace", "metadata.creationTimestamp", "status");

    private static final Pattern QUANTITY = Pattern.compile(
            "(^|\\.)(limits|requests|capacity|hard|min|max|default|defaultRequest|allocatable|overhead)\\.[^.]+$"
                    + "|\\.(sizeLimit|divisor|storage|averageValue|maxUnavailable)$");

    /** By which key items of a list are told apart, the first that all of them have. */
    private static final List<List<String>> KEYS = List.of(
            List.of("containerPort", "protocol"),
            List.of("mountPath"),
            List.of("port", "protocol"),
            List.of("devicePath"),
            List.of("name"),
            List.of("ip"),
            List.of("topologyKey", "whenUnsatisfiable"));

    private final Item item;
    private final List<Change> changes = new ArrayList<>();

    private Drifted(Item item) {
        this.item = item;
    }

    /** @param live the object as the API tells it, in the version of the item */
    public static List<Change> changes(Item item, Map<String, Object> live) {
        Drifted drifted = new Drifted(item);
        drifted.compareMap("", wanted(item), live);
        return drifted.changes;
    }

    /** A Secret's plain texts, as the API keeps them. */
    private static Map<String, Object> wanted(Item item) {
        Map<String, Object> tree = Trees.map(item.tree());
        if (item.kind().equals("Secret") && tree.remove("stringData") instanceof Map<?, ?> plain) {
            Map<String, Object> data = Trees.map(tree, "data");
            plain.forEach((key, value) -> data.put(
                    String.valueOf(key),
                    java.util.Base64.getEncoder()
                            .encodeToString(String.valueOf(value).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            tree.put("data", data);
        }
        return tree;
    }

    private void compareMap(String path, Map<?, ?> wanted, Map<?, ?> live) {
        wanted.forEach((key, value) -> {
            String inner = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (!NOT_COMPARED.contains(inner)) {
                compare(inner, value, live.get(key));
            }
        });
    }

    private void compare(String path, @Nullable Object wanted, @Nullable Object live) {
        if (wanted == null || (live == null && isNothing(wanted))) {
            return;
        }
        if (wanted instanceof Map<?, ?> map && live instanceof Map<?, ?> is) {
            compareMap(path, map, is);
        } else if (wanted instanceof List<?> list && live instanceof List<?> is) {
            compareList(path, list, is);
        } else if (live == null || !sameScalar(path, wanted, live)) {
            tell(path, live, wanted);
        }
    }

    /** The API leaves out what is empty, false or 0. */
    private static boolean isNothing(Object value) {
        return value.equals("")
                || value.equals(false)
                || (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof Map<?, ?> map && map.values().stream().allMatch(v -> v == null || isNothing(v)))
                || (value instanceof List<?> list && list.isEmpty());
    }

    private static boolean sameScalar(String path, Object wanted, Object live) {
        String one = Trees.scalar(wanted);
        String other = Trees.scalar(live);
        return one.equals(other) || (QUANTITY.matcher(path).find() && Quantity.same(one, other));
    }

    private void compareList(String path, List<?> wanted, List<?> live) {
        List<String> keys = keys(wanted);
        if (keys.isEmpty()) {
            compareInOrder(path, wanted, live);
            return;
        }
        for (Object item : wanted) {
            String name = name(keys, item);
            Object found = live.stream()
                    .filter(other -> name(keys, other).equals(name))
                    .findFirst()
                    .orElse(null);
            compare(path + "[" + name + "]", item, found);
        }
    }

    private void compareInOrder(String path, List<?> wanted, List<?> live) {
        for (int i = 0; i < wanted.size(); i++) {
            compare(path + "[" + i + "]", wanted.get(i), i < live.size() ? live.get(i) : null);
        }
        for (int i = wanted.size(); i < live.size(); i++) {
            tell(path + "[" + i + "]", live.get(i), null);
        }
    }

    private static List<String> keys(List<?> items) {
        return KEYS.stream()
                .filter(keys -> items.stream()
                        .allMatch(item -> Trees.at(item, keys.get(0)).isPresent()))
                .findFirst()
                .orElse(List.of());
    }

    /** Two ports of one number differ by their protocol, which is TCP when it is left out. */
    private static String name(List<String> keys, @Nullable Object item) {
        String first = Trees.scalar(Trees.at(item, keys.get(0)).orElse(""));
        if (keys.size() == 1) {
            return first;
        }
        String second = Trees.word(item, keys.get(1));
        return second.isEmpty() || second.equals("TCP") ? first : first + "/" + second;
    }

    private void tell(String path, @Nullable Object before, @Nullable Object after) {
        changes.add(new Change(item.title() + " " + path, shown(path, before), shown(path, after)));
    }

    private String shown(String path, @Nullable Object value) {
        if (value == null) {
            return "absent";
        }
        boolean secret = item.kind().equals("Secret") && path.startsWith("data");
        String text = value instanceof Map<?, ?> || value instanceof List<?> ? brief(value) : Trees.scalar(value);
        return secret ? "***" : Differences.shown(path, text);
    }

    private static String brief(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
