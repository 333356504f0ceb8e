package homelab.kubeconfig;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Questions to the nodes of a YAML tree. Places are in code points, as SnakeYAML counts them. */
final class Nodes {
    private Nodes() {}

    static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    static Optional<MappingNode> mapping(MappingNode mapping, String key) {
        return value(mapping, key)
                .flatMap(node -> node instanceof MappingNode inner ? Optional.of(inner) : Optional.empty());
    }

    /** The text of a scalar; null is none. */
    static Optional<String> text(MappingNode mapping, String key) {
        return value(mapping, key)
                .flatMap(node -> node instanceof ScalarNode scalar && !isNull(scalar)
                        ? Optional.of(scalar.getValue())
                        : Optional.empty());
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    static int start(Node node) {
        return node.getStartMark().getIndex();
    }

    /** Where the node's own text ends. SnakeYAML's mark for a block ends only before the next token, past comments. */
    static int end(Node node) {
        if (node instanceof MappingNode mapping
                && !isFlow(mapping)
                && !mapping.getValue().isEmpty()) {
            List<NodeTuple> tuples = mapping.getValue();
            return end(tuples.get(tuples.size() - 1).getValueNode());
        }
        if (node instanceof SequenceNode list
                && !isFlow(list)
                && !list.getValue().isEmpty()) {
            return end(list.getValue().get(list.getValue().size() - 1));
        }
        return node.getEndMark().getIndex();
    }

    /** The column of the mapping's keys, counted from 0. */
    static int column(MappingNode mapping) {
        return mapping.getValue().isEmpty()
                ? mapping.getStartMark().getColumn()
                : mapping.getValue().get(0).getKeyNode().getStartMark().getColumn();
    }
}
