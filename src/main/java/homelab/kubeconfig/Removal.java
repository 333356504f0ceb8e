package homelab.kubeconfig;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Takes the items of a name out of a document; those that other contexts go by stay. */
final class Removal {
    private final Document document;
    private final String name;
    private final Splices splices;

    private Removal(Document document, String name) {
        this.document = document;
        this.name = name;
        this.splices = new Splices(document.text());
    }

    /** @throws homelab.problem.Failure with exit REFUSED when its layout does not let it be done line by line */
    static String of(Document document, String name) {
        Removal removal = new Removal(document, name);
        Arrays.stream(Section.values()).filter(removal::ours).forEach(removal::drop);
        removal.forgetCurrent();
        String text = removal.splices.apply();
        removal.prove(Document.parse(document.name(), text));
        return text;
    }

    private boolean ours(Section section) {
        return document.item(section, name).isPresent()
                && document.items(Section.CONTEXTS).stream()
                        .filter(context -> !named(context))
                        .noneMatch(context -> Nodes.mapping(context, Section.CONTEXTS.body)
                                .flatMap(body -> Nodes.text(body, section.body))
                                .equals(Optional.of(name)));
    }

    private boolean named(MappingNode item) {
        return Nodes.text(item, "name").equals(Optional.of(name));
    }

    private void drop(Section section) {
        MappingNode item = document.item(section, name).orElseThrow();
        Node list = document.section(section).orElseThrow();
        if (!(list instanceof SequenceNode items) || Nodes.isFlow(items)) {
            throw Refusals.unsafe(document.name());
        }
        if (items.getValue().size() == 1) {
            int key = endOfKey(section);
            splices.replace(key, Nodes.end(items), ": []");
            return;
        }
        String text = document.text();
        int start = text.offsetByCodePoints(0, Nodes.start(item));
        int line = text.lastIndexOf('\n', start - 1) + 1;
        int end = text.indexOf('\n', text.offsetByCodePoints(0, Nodes.end(item)) - 1) + 1;
        if (!text.substring(line, start).matches("\\s*-\\s*") || end == 0) {
            throw Refusals.unsafe(document.name());
        }
        splices.cut(line, end);
    }

    private int endOfKey(Section section) {
        return document.root().orElseThrow().getValue().stream()
                .map(NodeTuple::getKeyNode)
                .filter(key ->
                        key instanceof ScalarNode scalar && scalar.getValue().equals(section.list))
                .map(key -> key.getEndMark().getIndex())
                .findFirst()
                .orElseThrow();
    }

    private void forgetCurrent() {
        if (document.currentContext().equals(name)) {
            Node value = Nodes.value(document.root().orElseThrow(), "current-context")
                    .orElseThrow();
            splices.replace(Nodes.start(value), Nodes.end(value), "\"\"");
        }
    }

    private void prove(Document after) {
        for (Section section : Section.values()) {
            List<String> wanted = names(document, section).stream()
                    .filter(item -> !(item.equals(name) && ours(section)))
                    .toList();
            if (!names(after, section).equals(wanted)) {
                throw Refusals.unsafe(document.name());
            }
        }
    }

    private static List<String> names(Document document, Section section) {
        return document.items(section).stream()
                .map(item -> Nodes.text(item, "name").orElse(""))
                .toList();
    }
}
