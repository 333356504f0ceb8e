package homelab.kubeconfig;

import homelab.problem.Failure;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a kubeconfig and refuses what kubectl would refuse, or what cannot be edited without risk, with the place. */
record Strict(String name) {

    Optional<MappingNode> parse(String text) {
        try {
            refuseAliases(text);
            List<Node> documents = new ArrayList<>();
            yaml().composeAll(new StringReader(text)).forEach(documents::add);
            return root(documents);
        } catch (MarkedYAMLException e) {
            throw broken(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw Refusals.broken(name, 1, 1, "it holds characters that YAML does not allow");
        }
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    /** Behind an alias stands text from elsewhere in the file, so an edit there would change foreign entries. */
    private void refuseAliases(String text) {
        for (Event event : yaml().parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                throw broken(alias.getStartMark(), "it uses YAML aliases, which homelab does not edit");
            }
        }
    }

    private Optional<MappingNode> root(List<Node> documents) {
        if (documents.size() > 1) {
            throw broken(documents.get(1).getStartMark(), "a second YAML document begins here");
        }
        if (documents.isEmpty() || Nodes.isNull(documents.get(0))) {
            return Optional.empty();
        }
        if (!(documents.get(0) instanceof MappingNode root)) {
            throw broken(
                    documents.get(0).getStartMark(), "it is not a mapping of apiVersion, clusters, contexts, users");
        }
        refuseDuplicateKeys(root);
        refuseOtherKind(root);
        for (Section section : Section.values()) {
            Nodes.value(root, section.list).ifPresent(node -> refuseBadList(section, node));
        }
        return Optional.of(root);
    }

    private void refuseOtherKind(MappingNode root) {
        Nodes.value(root, "kind").filter(kind -> !text(kind).equals("Config")).ifPresent(kind -> {
            throw broken(kind.getStartMark(), "its kind is not Config");
        });
    }

    private void refuseDuplicateKeys(Node node) {
        if (node instanceof MappingNode mapping) {
            Set<String> seen = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!seen.add(text(tuple.getKeyNode()))) {
                    throw broken(tuple.getKeyNode().getStartMark(), "a key stands twice in one mapping");
                }
                refuseDuplicateKeys(tuple.getValueNode());
            }
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::refuseDuplicateKeys);
        }
    }

    private void refuseBadList(Section section, Node node) {
        if (Nodes.isNull(node)) {
            return;
        }
        if (!(node instanceof SequenceNode list)) {
            throw broken(node.getStartMark(), "'" + section.list + "' is not a list");
        }
        Set<String> seen = new HashSet<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode mapping)) {
                throw broken(item.getStartMark(), "an item of '" + section.list + "' is not a mapping");
            }
            String itemName = Nodes.text(mapping, "name").orElse("");
            if (!seen.add(itemName)) {
                throw broken(item.getStartMark(), "'" + itemName + "' stands twice in '" + section.list + "'");
            }
        }
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private Failure broken(Mark mark, String why) {
        return Refusals.broken(name, mark.getLine() + 1, mark.getColumn() + 1, why);
    }
}
