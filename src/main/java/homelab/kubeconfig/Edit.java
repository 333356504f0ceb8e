package homelab.kubeconfig;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Puts the three items of an entry into a document, each where the file's own layout wants it. */
final class Edit {
    /** Fields that would speak against ours; an item that has one is written anew. */
    private static final Set<String> CONTRARY = Set.of(
            "insecure-skip-tls-verify", "tls-server-name", "token", "tokenFile", "exec", "auth-provider", "username");

    private final Document document;
    private final String name;
    private final KubeconfigEntry entry;
    private final Splices splices;
    private final List<Runnable> atTheEnd = new ArrayList<>();
    private final Set<MappingNode> emptyMappingsBegun = new HashSet<>();

    private Edit(Document document, String name, KubeconfigEntry entry) {
        this.document = document;
        this.name = name;
        this.entry = entry;
        this.splices = new Splices(document.text());
    }

    /** The text with the entry in it; the very same text when it is in it already. */
    static String of(Document document, String name, KubeconfigEntry entry) {
        Edit edit = new Edit(document, name, entry);
        return document.root().map(edit::within).orElseGet(edit::fresh);
    }

    private String fresh() {
        StringBuilder text = new StringBuilder(document.text());
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        text.append("apiVersion: v1\n");
        for (Section section : Section.values()) {
            text.append(blockList(section, 0)).append('\n');
        }
        return text.append(Style.BLOCK.field("current-context", name))
                .append("\nkind: Config\npreferences: {}\n")
                .toString();
    }

    private String within(MappingNode root) {
        for (Section section : Section.values()) {
            put(root, section);
        }
        putCurrentContext(root);
        atTheEnd.forEach(Runnable::run);
        return splices.apply();
    }

    private void put(MappingNode root, Section section) {
        Optional<Node> list = document.section(section);
        Optional<MappingNode> item = document.item(section, name);
        if (item.isPresent()) {
            update(section, item.get());
        } else if (list.isEmpty()) {
            atTheEnd.add(() -> addKey(root, section.list, list(root, section)));
        } else if (list.get() instanceof SequenceNode items && !items.getValue().isEmpty()) {
            append(section, items);
        } else {
            replaceValue(list.get(), list(root, section));
        }
    }

    private void append(Section section, SequenceNode items) {
        if (Nodes.isFlow(items)) {
            Node last = items.getValue().get(items.getValue().size() - 1);
            splices.insert(Nodes.end(last), ", " + Style.FLOW.item(section, fields(section), name, 0));
        } else {
            splices.insertBelow(Nodes.end(items), blockItem(section, dashColumn(items)));
        }
    }

    /** Where the dashes of a block list stand; the mark of a list with a tag or an anchor is that of the tag. */
    private int dashColumn(SequenceNode items) {
        String text = document.text();
        if (text.codePointAt(text.offsetByCodePoints(0, Nodes.start(items))) == '-') {
            return items.getStartMark().getColumn();
        }
        int dash = text.lastIndexOf(
                '-', text.offsetByCodePoints(0, Nodes.start(items.getValue().get(0))) - 1);
        return dash - text.lastIndexOf('\n', dash) - 1;
    }

    private void update(Section section, MappingNode item) {
        Optional<MappingNode> body = Nodes.mapping(item, section.body);
        if (body.isEmpty()
                || CONTRARY.stream()
                        .anyMatch(key -> Nodes.value(body.get(), key).isPresent())) {
            Style style = Style.of(Nodes.isFlow(item));
            splices.replace(
                    Nodes.start(item), Nodes.end(item), style.item(section, fields(section), name, Nodes.column(item)));
        } else {
            fields(section).forEach((key, value) -> putField(body.get(), key, value));
        }
    }

    private void putField(MappingNode body, String key, String value) {
        Style style = Style.of(Nodes.isFlow(body));
        Optional<Node> old = Nodes.value(body, key);
        if (old.isEmpty()) {
            addKey(body, key, style.scalar(value));
        } else if (!(old.get() instanceof ScalarNode scalar && scalar.getValue().equals(value))) {
            replaceValue(old.get(), style.scalar(value));
        }
    }

    /** Sets it only where there is none: which cluster is current is the user's choice. */
    private void putCurrentContext(MappingNode root) {
        if (document.currentContext().isEmpty()) {
            String value = Style.of(Nodes.isFlow(root)).scalar(name);
            Nodes.value(root, "current-context")
                    .ifPresentOrElse(
                            old -> replaceValue(old, value),
                            () -> atTheEnd.add(() -> addKey(root, "current-context", value)));
        }
    }

    private void addKey(MappingNode mapping, String key, String value) {
        List<NodeTuple> tuples = mapping.getValue();
        if (!Nodes.isFlow(mapping)) {
            String gap = value.startsWith("\n") ? ":" : ": ";
            splices.insertBelow(Nodes.end(mapping), " ".repeat(Nodes.column(mapping)) + key + gap + value);
        } else {
            boolean first = tuples.isEmpty() && emptyMappingsBegun.add(mapping);
            int at = tuples.isEmpty() ? Nodes.start(mapping) + 1 : Nodes.end(last(tuples));
            splices.insert(at, (first ? "" : ", ") + Style.quoted(key) + ": " + value);
        }
    }

    private static Node last(List<NodeTuple> tuples) {
        return tuples.get(tuples.size() - 1).getValueNode();
    }

    private void replaceValue(Node old, String value) {
        boolean nothingThere = Nodes.start(old) == Nodes.end(old) && !value.startsWith("\n");
        splices.replace(Nodes.start(old), Nodes.end(old), (nothingThere ? " " : "") + value);
    }

    /** A list with our item alone, as the value of a key of the root. */
    private String list(MappingNode root, Section section) {
        return Nodes.isFlow(root)
                ? "[" + Style.FLOW.item(section, fields(section), name, 0) + "]"
                : "\n" + blockItem(section, Nodes.column(root));
    }

    private String blockList(Section section, int column) {
        return section.list + ":\n" + blockItem(section, column);
    }

    private String blockItem(Section section, int column) {
        return " ".repeat(column) + "- " + Style.BLOCK.item(section, fields(section), name, column + 2);
    }

    private Map<String, String> fields(Section section) {
        return entry.fields(section, name);
    }
}
