package homelab.inventory;

import homelab.problem.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file as it is written, each part with its place. */
sealed interface Tree {

    Place place();

    /** The same with places that do not show their line. */
    Tree hidden();

    /** What is here, for people. */
    String noun();

    /**
     * A scalar, always the text that stands there: YAML 1.1 would read {@code 12:34:56} as a number in base 60,
     * {@code 010} as 8 and {@code on} as true.
     *
     * @param plain written without quotes
     */
    record Text(String value, boolean plain, Place place) implements Tree {
        boolean isNothing() {
            return plain && (value.isEmpty() || value.equals("~") || value.equals("null"));
        }

        @Override
        public Tree hidden() {
            return new Text(value, plain, place.hidden());
        }

        @Override
        public String noun() {
            return isNothing() ? "nothing" : "a single value";
        }
    }

    record Items(List<Tree> items, Place place) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Tree hidden() {
            return new Items(items.stream().map(Tree::hidden).toList(), place.hidden());
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /** @param pairs in the order of the file */
    record Pairs(Map<String, Pair> pairs, Place place) implements Tree {
        public Pairs {
            pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        }

        @Override
        public Tree hidden() {
            Map<String, Pair> hidden = new LinkedHashMap<>();
            pairs.forEach((key, pair) ->
                    hidden.put(key, new Pair(pair.key().hidden(), pair.value().hidden())));
            return new Pairs(hidden, place.hidden());
        }

        @Override
        public String noun() {
            return "a map of keys";
        }
    }

    /** @param key where the key stands */
    record Pair(Place key, Tree value) {}
}
