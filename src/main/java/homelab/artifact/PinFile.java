package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the text of the lock file strictly: a pin that is misread would be a pin that does not hold. */
final class PinFile {
    private final Path file;

    private PinFile(Path file) {
        this.file = file;
    }

    /** Sums by file name, by the tag of a k3s release or the name of another group of files. */
    static Map<String, Map<String, String>> parse(Path file, String text) {
        PinFile reader = new PinFile(file);
        try {
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            return root == null ? Map.of() : reader.groups(root);
        } catch (MarkedYAMLException e) {
            throw reader.wrong(e.getProblemMark(), "is not YAML: " + e.getProblem());
        }
    }

    private Map<String, Map<String, String>> groups(Node root) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (NodeTuple top : mapping(root).getValue()) {
            String key = scalar(top.getKeyNode());
            if (Pins.FLAT.contains(key)) {
                found.put(key, sums(mapping(top.getValueNode())));
                continue;
            } else if (!key.equals("releases")) {
                throw wrong(top.getKeyNode().getStartMark(), "has a key that is none of releases, charts, helm");
            }
            for (NodeTuple release : mapping(top.getValueNode()).getValue()) {
                found.put(scalar(release.getKeyNode()), sums(mapping(release.getValueNode())));
            }
        }
        return found;
    }

    private Map<String, String> sums(MappingNode release) {
        Map<String, String> found = new TreeMap<>();
        for (NodeTuple line : release.getValue()) {
            String sum = scalar(line.getValueNode());
            if (!sum.matches("[0-9a-f]{64}")) {
                throw wrong(line.getValueNode().getStartMark(), "holds '" + sum + "', which is no SHA-256");
            }
            if (found.put(scalar(line.getKeyNode()), sum) != null) {
                throw wrong(line.getKeyNode().getStartMark(), "names a file twice");
            }
        }
        return found;
    }

    private MappingNode mapping(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw wrong(node.getStartMark(), "should have 'key: value' lines here");
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node.getStartMark(), "should have a plain word here");
    }

    private Failure wrong(@Nullable Mark mark, String why) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        Place place = new Place(file.toString(), line, column, Optional.empty());
        String fix = "mend the line, or remove the file: the next bootstrap pins the release anew";
        return new Failure(Exit.USAGE, Problem.at(place, "the lock file cannot be used", "it " + why, fix));
    }
}
