package homelab.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a single value is to be.
 *
 * @param noun with its article, "a network"
 * @param parse the text to the value; throws IllegalArgumentException saying why not
 * @param fix what to write in place of a text that is not taken
 */
record Kind<T>(String noun, Function<String, T> parse, Function<String, String> fix) {

    static <T> Kind<T> of(String noun, String fix, Function<String, T> parse) {
        return new Kind<>(noun, parse, text -> fix);
    }

    /** One of a few words. */
    static <T> Kind<T> choice(String noun, Map<String, T> words) {
        List<String> known = words.keySet().stream().sorted().toList();
        return new Kind<>(noun, text -> chosen(words, known, text), text -> Suggest.fix(text, known));
    }

    private static <T> T chosen(Map<String, T> words, List<String> known, String text) {
        T value = words.get(text);
        if (value == null) {
            throw new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", known));
        }
        return value;
    }

    /** The value, or empty after the mistake was noted. @param path of the value, "network.lan" */
    Optional<T> read(Tree tree, String path, Mistakes mistakes) {
        if (!(tree instanceof Tree.Text text) || text.isNothing()) {
            mistakes.add(tree.place(), path + " is not " + noun, "there is " + tree.noun() + " here", fix.apply(""));
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.value()));
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            mistakes.add(tree.place(), path + " is not " + noun, why, fix.apply(text.value()));
            return Optional.empty();
        }
    }
}
