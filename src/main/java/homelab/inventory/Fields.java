package homelab.inventory;

import homelab.problem.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One section of the file: typed access to its keys. What is wrong is noted, and the value is then empty. */
final class Fields {
    private final Section section;
    private final String path;
    private final Place at;
    private final Tree.Pairs tree;
    private final Mistakes mistakes;

    private Fields(Section section, String path, Place at, Tree.Pairs tree, Mistakes mistakes) {
        this.section = section;
        this.path = path;
        this.at = at;
        this.tree = tree;
        this.mistakes = mistakes;
    }

    /** Notes unknown and missing keys. @param at where a missing key is told: the key of this section */
    static Fields of(Section section, String path, Place at, Tree tree, Mistakes mistakes) {
        Fields fields = new Fields(section, path, at, pairs(path, tree, mistakes), mistakes);
        fields.tree.pairs().forEach((key, pair) -> fields.refuseUnknown(key, pair.key()));
        if (tree instanceof Tree.Pairs || isNothing(tree)) {
            section.required().stream().filter(key -> !fields.has(key)).forEach(fields::missing);
        }
        return fields;
    }

    private static Tree.Pairs pairs(String path, Tree tree, Mistakes mistakes) {
        if (tree instanceof Tree.Pairs pairs) {
            return pairs;
        }
        if (!isNothing(tree)) {
            String what = path.isEmpty() ? "this is not an inventory" : path + " is not a map of keys";
            mistakes.add(tree.place(), what, "there is " + tree.noun() + " here", "write key: value, one a line");
        }
        return new Tree.Pairs(Map.of(), tree.place());
    }

    static boolean isNothing(Tree tree) {
        return tree instanceof Tree.Text text && text.isNothing();
    }

    private void refuseUnknown(String key, Place place) {
        if (section.keys().contains(key)) {
            return;
        }
        Optional<String> near = Suggest.nearest(key, section.keys());
        String fix = Section.homeOf(key)
                .filter(home -> near.isEmpty())
                .map(home -> home == Section.ROOT
                        ? "it stands at the very left of the file"
                        : "it belongs under " + home.where())
                .orElseGet(() -> Suggest.fix(key, section.keys()));
        mistakes.add(place, "unknown key " + path(key), "homelab would not act on it", fix);
    }

    private void missing(String key) {
        mistakes.add(at, path(key) + " is missing", "there is no default for it", "add a line " + key + ": ...");
    }

    /** Where the key of this section stands. */
    Place at() {
        return at;
    }

    /** Of this section in the file, "k3s.token". */
    String path() {
        return path;
    }

    boolean has(String key) {
        return tree.pairs().containsKey(key);
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Where the value stands, or the section when the key is absent. */
    Place place(String key) {
        return value(key).map(Tree::place).orElse(tree.place());
    }

    private Place keyPlace(String key) {
        Tree.Pair pair = tree.pairs().get(key);
        return pair == null ? tree.place() : pair.key();
    }

    /** @throws IllegalStateException when the section does not know the key: schema and reference would lack it */
    Optional<Tree> value(String key) {
        if (!section.keys().contains(key)) {
            throw new IllegalStateException(section + " has no key " + key);
        }
        return Optional.ofNullable(tree.pairs().get(key)).map(Tree.Pair::value);
    }

    <T> Optional<T> one(String key, Kind<T> kind) {
        return value(key).flatMap(value -> kind.read(value, path(key), mistakes));
    }

    /** The value, or the default when the key is absent; empty when there is a value that cannot be taken. */
    <T> Optional<T> one(String key, Kind<T> kind, T absent) {
        return has(key) ? one(key, kind) : Optional.of(absent);
    }

    <T> List<T> list(String key, Kind<T> kind) {
        List<T> list = new ArrayList<>();
        List<Tree> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            kind.read(items.get(i), path(key) + "[" + (i + 1) + "]", mistakes).ifPresent(list::add);
        }
        return list;
    }

    /** The items of a list; none when the key is absent or holds nothing. */
    List<Tree> items(String key) {
        Optional<Tree> value = value(key).filter(tree -> !isNothing(tree));
        if (value.isPresent() && !(value.get() instanceof Tree.Items)) {
            String why = "there is " + value.get().noun() + " here";
            mistakes.add(place(key), path(key) + " is not a list", why, "put it in brackets: " + key + ": [...]");
        }
        return value.map(tree -> tree instanceof Tree.Items items ? items.items() : List.<Tree>of())
                .orElse(List.of());
    }

    /** A section inside this one; an empty one when it is absent. */
    Fields section(String key, Section inner) {
        return value(key)
                .map(value -> of(inner, path(key), keyPlace(key), value, mistakes))
                .orElseGet(() -> new Fields(inner, path(key), at, new Tree.Pairs(Map.of(), tree.place()), mistakes));
    }

    /** The pairs of a map with free keys, in the order of the file. */
    Map<String, Tree.Pair> map(String key) {
        return value(key)
                .map(value -> pairs(path(key), value, mistakes).pairs())
                .orElse(Map.of());
    }

    /** Sections by free names: nodes, groups. */
    Map<String, Fields> named(String key, Section inner) {
        Map<String, Fields> named = new LinkedHashMap<>();
        map(key).forEach((name, pair) ->
                named.put(name, of(inner, path(key) + "." + name, pair.key(), pair.value(), mistakes)));
        return named;
    }

    Mistakes mistakes() {
        return mistakes;
    }
}
