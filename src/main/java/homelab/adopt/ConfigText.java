package homelab.adopt;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The files of k3s's configuration (docs.k3s.io, "Configuration File"): a key of a later one takes the place of an
 * earlier one's, and {@code key+} adds to it.
 */
public final class ConfigText {
    private ConfigText() {}

    /** @throws IllegalArgumentException when it is not the mapping that k3s reads; the text stays out of the message */
    public static Arguments read(String text, String place) {
        return onTopOf(Arguments.NONE, text, place);
    }

    static Arguments onTopOf(Arguments before, String text, String place) {
        Arguments all = before;
        for (NodeTuple entry : entries(text, place)) {
            String key = scalar(entry.getKeyNode());
            boolean adds = key.endsWith("+");
            String name = adds ? key.substring(0, key.length() - 1) : key;
            Arguments.Builder one = new Arguments.Builder(place);
            values(entry.getValueNode()).forEach(value -> one.add(name, value));
            all = adds ? all.then(one.arguments()) : one.arguments().over(all);
        }
        return all;
    }

    /** The keys that a file sets. */
    static Set<String> keys(String text, String place) {
        Set<String> keys = new TreeSet<>();
        entries(text, place)
                .forEach(entry -> keys.add(scalar(entry.getKeyNode()).replaceFirst("\\+$", "")));
        return keys;
    }

    /** The keys of the mapping that stands at a key; none where there is no such. */
    static List<String> below(String text, String key) {
        return entries(text, "it").stream()
                .filter(entry -> scalar(entry.getKeyNode()).equals(key))
                .filter(entry -> entry.getValueNode() instanceof MappingNode)
                .flatMap(entry -> ((MappingNode) entry.getValueNode()).getValue().stream())
                .map(entry -> scalar(entry.getKeyNode()))
                .toList();
    }

    private static List<NodeTuple> entries(String text, String place) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new java.io.StringReader(text));
            if (root == null) {
                return List.of();
            } else if (root instanceof MappingNode mapping) {
                return mapping.getValue();
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException(place + " is no YAML", e);
        }
        throw new IllegalArgumentException(place + " is no mapping of keys to values");
    }

    private static List<String> values(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(ConfigText::scalar).toList();
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .map(entry -> scalar(entry.getKeyNode()) + "=" + scalar(entry.getValueNode()))
                    .toList();
        }
        return List.of(scalar(node));
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : node.toString();
    }
}
