package homelab.inventory;

import homelab.problem.Failure;
import homelab.problem.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Text to tree. Built on the parser's events rather than on its nodes: the places are the same, no scalar is ever
 * guessed at, and an alias is an event that can be refused before it is followed, so a bomb of aliases never unfolds.
 */
final class TreeReader {
    private static final int DEEPEST = 20;
    private static final Pattern TAB = Pattern.compile(" *\t.*");

    private final Source source;
    private final Mistakes mistakes;
    private final ParserImpl parser;

    private TreeReader(Source source, Mistakes mistakes) {
        this.source = source;
        this.mistakes = mistakes;
        this.parser = new ParserImpl(new StreamReader(source.text()), new LoaderOptions());
    }

    /** @throws Failure when the text is not YAML, or YAML that an inventory does not use */
    static Tree read(Source source, Mistakes mistakes) {
        try {
            return new TreeReader(source, mistakes).document();
        } catch (MarkedYAMLException e) {
            throw syntax(source, mistakes, e);
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The parser lets some broken escapes through as these; it knows no place then.
            mistakes.add(source.place(0, 0), "the file is not YAML", String.valueOf(e.getMessage()), "");
            throw mistakes.failure();
        }
    }

    private Tree document() {
        parser.getEvent(); // the start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw refuse(
                    parser.peekEvent(),
                    "the file is empty",
                    "it holds nothing, or comments alone",
                    "start from a copy of inventory/two-pis.yaml");
        }
        parser.getEvent(); // the start of the document
        Tree tree = tree(0);
        parser.getEvent(); // its end
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw refuse(
                    parser.peekEvent(),
                    "a second document begins here",
                    "an inventory is one YAML document",
                    "remove the line '---', or give each cluster a file of its own");
        }
        return tree;
    }

    private Tree tree(int depth) {
        Event event = parser.getEvent();
        Place place = place(event);
        refuseFancy(event, depth);
        if (event instanceof ScalarEvent scalar) {
            return new Tree.Text(scalar.getValue(), scalar.isPlain(), place);
        }
        return event instanceof MappingStartEvent ? pairs(place, depth) : items(place, depth);
    }

    private void refuseFancy(Event event, int depth) {
        if (event instanceof AliasEvent) {
            throw refuse(
                    event,
                    "an alias (*name) is not taken",
                    "every value stands where it counts",
                    "what nodes share goes into defaults or groups");
        }
        if (depth > DEEPEST) {
            throw refuse(
                    event,
                    "too deep",
                    "nothing in an inventory is nested more than " + DEEPEST + " times",
                    "is a closing bracket missing?");
        }
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null && !tag.equals("!")) {
            mistakes.add(
                    place(event),
                    "a YAML tag is not taken",
                    "'" + tag + "' would change what the value is",
                    "remove it; put text in quotes");
        }
    }

    private Tree items(Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(tree(depth + 1));
        }
        parser.getEvent();
        return new Tree.Items(items, place);
    }

    private Tree pairs(Place place, int depth) {
        Map<String, Tree.Pair> pairs = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            pair(pairs, tree(depth + 1), tree(depth + 1));
        }
        parser.getEvent();
        return new Tree.Pairs(pairs, place);
    }

    private void pair(Map<String, Tree.Pair> pairs, Tree key, Tree value) {
        if (!(key instanceof Tree.Text text)) {
            mistakes.add(
                    key.place(),
                    "a key is not a word",
                    "there is " + key.noun() + " in place of a key",
                    "write key: value");
            return;
        }
        Tree.Pair first = pairs.putIfAbsent(text.value(), new Tree.Pair(key.place(), value));
        if (first != null) {
            mistakes.add(
                    key.place(),
                    "'" + text.value() + "' is there twice",
                    "the first is on line " + first.key().line(),
                    "keep one of them");
        }
    }

    private Place place(Event event) {
        return source.place(event.getStartMark().getLine(), event.getStartMark().getColumn());
    }

    private Failure refuse(Event event, String what, String why, String fix) {
        mistakes.add(place(event), what, why, fix);
        return mistakes.failure();
    }

    private static Failure syntax(Source source, Mistakes mistakes, MarkedYAMLException e) {
        boolean tabs = false;
        for (int line = 0; line < source.lines().size(); line++) {
            String text = source.lines().get(line);
            if (TAB.matcher(text).matches()) {
                mistakes.add(
                        source.place(line, text.indexOf('\t')),
                        "a tab in the indentation",
                        "YAML indents with spaces only",
                        "put spaces in its place");
                tabs = true;
            }
        }
        if (!tabs) {
            mistakes.add(
                    source.place(
                            e.getProblemMark().getLine(), e.getProblemMark().getColumn()),
                    "the YAML cannot be read here",
                    String.valueOf(e.getProblem()),
                    "look at the indentation, quotes and colons of this line and the one before");
        }
        return mistakes.failure();
    }
}
