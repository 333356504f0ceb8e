package homelab.kubeconfig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a changed text again and tells whether it says what was wanted and nothing else. YAML has more layouts than an
 * editor of text can know; what this does not prove is not written.
 */
final class Proof {
    private Proof() {}

    static boolean holds(Document before, Document after, String name, KubeconfigEntry entry) {
        boolean untouched = before.root().isEmpty() || foreign(before, name).equals(foreign(after, name));
        String current = before.currentContext().isEmpty() ? name : before.currentContext();
        return untouched && isIn(after, name, entry) && after.currentContext().equals(current);
    }

    private static boolean isIn(Document document, String name, KubeconfigEntry entry) {
        return Arrays.stream(Section.values())
                .allMatch(section -> entry.fields(section, name).entrySet().stream()
                        .allMatch(field ->
                                document.field(section, name, field.getKey()).equals(Optional.of(field.getValue()))));
    }

    /** All that is not ours, as plain values. */
    private static Map<Object, Object> foreign(Document document, String name) {
        Map<Object, Object> all = new LinkedHashMap<>();
        document.root().ifPresent(root -> all.putAll(plain(root)));
        all.remove("str:current-context");
        for (Section section : Section.values()) {
            all.put("str:" + section.list, foreignItems(document, section, name));
        }
        return all;
    }

    private static List<Object> foreignItems(Document document, Section section, String name) {
        List<Object> items = new ArrayList<>();
        for (MappingNode item : document.items(section)) {
            if (!Nodes.text(item, "name").orElse("").equals(name)) {
                items.add(plain(item));
            }
        }
        return items;
    }

    private static Map<Object, Object> plain(MappingNode mapping) {
        Map<Object, Object> plain = new LinkedHashMap<>();
        mapping.getValue().forEach(tuple -> plain.put(plain(tuple.getKeyNode()), plain(tuple.getValueNode())));
        return plain;
    }

    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            return plain(mapping);
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(Proof::plain).toList();
        }
        return node.getTag().getValue().replace("tag:yaml.org,2002:", "") + ":" + ((ScalarNode) node).getValue();
    }
}
