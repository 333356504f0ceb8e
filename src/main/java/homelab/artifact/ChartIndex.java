package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The {@code index.yaml} of a chart repository (helm.sh/docs/topics/chart_repository). */
final class ChartIndex {
    /** That of a big repository with its whole history has 20 MB. */
    private static final int LARGEST = 64 << 20;

    /** @param sha256 64 lower-case hex digits; @param uri where the packed chart is had */
    record Entry(String sha256, URI uri) {}

    private final URI index;
    private final Node root;

    private ChartIndex(URI index, Node root) {
        this.index = index;
        this.root = root;
    }

    static URI uri(URI repo) {
        return URI.create(repo.toString().replaceFirst("/+$", "") + "/index.yaml");
    }

    /** @throws Failure when the text is no index */
    static ChartIndex read(URI index, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(text));
            if (root instanceof MappingNode) {
                return new ChartIndex(index, root);
            }
        } catch (MarkedYAMLException e) {
            throw wrong(index, "it is not YAML: " + e.getProblem());
        }
        throw wrong(index, "it is no list of charts");
    }

    /** @throws Failure when it is not there, or there without a sum */
    Entry find(String chart, String version) {
        Node versions = at(root, "entries")
                .flatMap(entries -> at(entries, chart))
                .orElseThrow(() -> wrong(index, "there is no chart '" + chart + "'"));
        List<String> known = new ArrayList<>();
        for (Node entry : items(versions)) {
            String is = word(entry, "version");
            if (is.equals(version)) {
                return entry(entry, chart + " " + version);
            }
            known.add(is);
        }
        String newest = String.join(", ", known.subList(0, Math.min(5, known.size())));
        throw wrong(index, "there is no " + chart + " " + version + "; the first that it lists: " + newest);
    }

    private Entry entry(Node entry, String title) {
        String digest = word(entry, "digest").replaceFirst("^sha256:", "");
        List<Node> urls = at(entry, "urls").map(ChartIndex::items).orElse(List.of());
        if (!digest.matches("[0-9a-f]{64}") || urls.isEmpty()) {
            throw wrong(index, "of " + title + " it names no SHA-256 or no address");
        }
        return new Entry(digest, index.resolve(((ScalarNode) urls.get(0)).getValue()));
    }

    private static Optional<Node> at(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple pair : mapping.getValue()) {
                if (pair.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return Optional.of(pair.getValueNode());
                }
            }
        }
        return Optional.empty();
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static String word(Node node, String key) {
        return at(node, key)
                .map(value -> value instanceof ScalarNode scalar ? scalar.getValue() : "")
                .orElse("");
    }

    private static Failure wrong(URI index, String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of(
                        "the chart is not in the repository",
                        index + ": " + why,
                        "check chart, version and repo under addons in the inventory"));
    }
}
