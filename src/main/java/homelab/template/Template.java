package homelab.template;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code ${name}} where values go; {@code $${} stands for a plain {@code ${}. Names are letters, digits,
 * dots and dashes. Strict, since a value that silently goes missing is found on the host at the worst time.
 *
 * @param name where it is kept, for messages
 */
public record Template(String name, String text) {
    private static final Pattern HOLE = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z][-A-Za-z0-9.]*)}|\\$\\{");

    /**
     * The text with every value in its place.
     *
     * @throws Failure with USAGE and one Problem each for a name without a value, a value without a place, and a
     *     {@code ${} that is no name
     */
    public String fill(Map<String, String> values) {
        List<Problem> problems = new ArrayList<>();
        Set<String> unused = new TreeSet<>(values.keySet());
        StringBuilder filled = new StringBuilder();
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            unused.remove(nameIn(hole));
            hole.appendReplacement(filled, Matcher.quoteReplacement(value(hole, values, problems)));
        }
        unused.forEach(value -> problems.add(unused(value)));
        if (!problems.isEmpty()) {
            throw new Failure(Exit.USAGE, problems);
        }
        return hole.appendTail(filled).toString();
    }

    private String value(Matcher hole, Map<String, String> values, List<Problem> problems) {
        String name = nameIn(hole);
        String found = values.get(name);
        if (found != null || hole.group().equals("$${")) {
            return found == null ? "${" : found;
        }
        problems.add(name.isEmpty() ? unclosed(hole.start()) : unknown(hole.start(), name, values.keySet()));
        return "";
    }

    /** Empty when there is none; no value can have that name. */
    private static String nameIn(Matcher hole) {
        return hole.group(1) == null ? "" : hole.group(1);
    }

    private Problem unknown(int at, String hole, Set<String> known) {
        return Problem.at(
                place(at),
                "the template asks for ${" + hole + "}",
                "nobody gives a value of that name; there are " + (known.isEmpty() ? "none" : new TreeSet<>(known)),
                "correct the name, or write $${" + hole + "} for the text itself");
    }

    private Problem unclosed(int at) {
        return Problem.at(
                place(at), "a ${ that is no ${name}", "the name or its } is missing", "write $${ for the text itself");
    }

    private Problem unused(String value) {
        return Problem.at(
                place(0),
                "the template has no place for " + value,
                "a value is given that nothing uses",
                "use ${" + value + "}");
    }

    private Place place(int at) {
        String before = text.substring(0, at);
        int start = before.lastIndexOf('\n') + 1;
        int end = text.indexOf('\n', at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(name, line, at - start + 1, Optional.of(text.substring(start, end < 0 ? text.length() : end)));
    }
}
