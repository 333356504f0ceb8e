package homelab.inventory;

import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a chart is told, from a file of the user's. Read strictly, since what is misread here runs in the cluster: words
 * that only some readers of YAML take for something else than text are refused.
 */
final class ValuesFile {
    private static final Set<String> AMBIGUOUS = Set.of("yes", "no", "on", "off", "y", "n");

    private final Mistakes mistakes;

    private ValuesFile(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Boolean, Long, BigDecimal, String, null, List and Map of these: a null takes one of the chart's defaults away.
     *
     * @param from where the inventory names the file; mistakes inside it are told with their own place
     */
    static Map<String, Object> read(Path file, Place from, Mistakes mistakes) {
        Mistakes own = new Mistakes();
        try {
            Source source = Source.read(file);
            if (source.lines().stream().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
                return Map.of();
            }
            Map<String, Object> values = new ValuesFile(own).root(TreeReader.read(source, own));
            own.throwIfAny();
            return values;
        } catch (Failure failure) {
            failure.problems().forEach(problem -> tell(problem, from, mistakes));
            return Map.of();
        }
    }

    private static void tell(Problem problem, Place from, Mistakes mistakes) {
        mistakes.add(problem.where().orElse(from), problem.what(), problem.why(), problem.fix());
    }

    private Map<String, Object> root(Tree tree) {
        if (tree instanceof Tree.Pairs pairs) {
            return map(pairs);
        }
        mistakes.add(tree.place(), "the values are not a map of keys", "there is " + tree.noun(), "write key: value");
        return Map.of();
    }

    private @Nullable Object value(Tree tree) {
        if (tree instanceof Tree.Pairs pairs) {
            return map(pairs);
        } else if (tree instanceof Tree.Items items) {
            List<Object> list = new ArrayList<>();
            items.items().forEach(item -> list.add(value(item)));
            return Collections.unmodifiableList(list);
        }
        Tree.Text text = (Tree.Text) tree;
        return text.plain() ? plain(text) : text.value();
    }

    private Map<String, Object> map(Tree.Pairs pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        pairs.pairs().forEach((key, pair) -> map.put(key, value(pair.value())));
        return Collections.unmodifiableMap(map);
    }

    private @Nullable Object plain(Tree.Text text) {
        String word = text.value();
        if (text.isNothing()) {
            return null;
        } else if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        } else if (word.matches("0|-?[1-9]\\d{0,17}")) {
            return Long.valueOf(word);
        } else if (word.matches("-?(0|[1-9]\\d*)\\.\\d+")) {
            return new BigDecimal(word);
        }
        refuseAmbiguous(text);
        return word;
    }

    private void refuseAmbiguous(Tree.Text text) {
        String word = text.value();
        if (AMBIGUOUS.contains(word.toLowerCase(java.util.Locale.ROOT))) {
            String why = "some programs read it as true or false, others as text";
            mistakes.add(text.place(), "'" + word + "' is ambiguous", why, "write true or false, or put it in quotes");
        } else if (word.matches("0[0-7]+")) {
            String why = "some programs read it as " + Long.parseLong(word, 8) + ", others as text or " + word;
            mistakes.add(
                    text.place(),
                    "'" + word + "' is ambiguous",
                    why,
                    "write the number in base 10, or put it in quotes");
        }
    }
}
