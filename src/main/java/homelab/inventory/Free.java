package homelab.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that are handed on as they are: String, Boolean, Long, List and Map of these. */
final class Free {
    private Free() {}

    static Map<String, Object> map(Map<String, Tree.Pair> pairs, String path, Mistakes mistakes) {
        Map<String, Object> map = new LinkedHashMap<>();
        pairs.forEach(
                (key, pair) -> value(pair.value(), path + "." + key, mistakes).ifPresent(value -> map.put(key, value)));
        return Collections.unmodifiableMap(map);
    }

    private static Optional<Object> value(Tree tree, String path, Mistakes mistakes) {
        if (tree instanceof Tree.Pairs pairs) {
            return Optional.of(map(pairs.pairs(), path, mistakes));
        }
        if (tree instanceof Tree.Items items) {
            return Optional.of(list(items.items(), path, mistakes));
        }
        Tree.Text text = (Tree.Text) tree;
        if (text.isNothing()) {
            mistakes.add(
                    text.place(), path + " has no value", "there is nothing here", "give it one, or remove the line");
            return Optional.empty();
        }
        return Optional.of(text.plain() ? plain(text.value()) : text.value());
    }

    private static List<Object> list(List<Tree> items, String path, Mistakes mistakes) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            value(items.get(i), path + "[" + (i + 1) + "]", mistakes).ifPresent(list::add);
        }
        return Collections.unmodifiableList(list);
    }

    /** Only what every reader of YAML agrees on: {@code 010}, {@code on} and {@code 12:34:56} stay text. */
    private static Object plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("0|-?[1-9]\\d{0,17}") ? (Object) Long.valueOf(text) : text;
    }
}
