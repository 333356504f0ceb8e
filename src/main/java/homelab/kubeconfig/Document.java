package homelab.kubeconfig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A kubeconfig as text and as the tree that YAML makes of it.
 *
 * @param name how its place is told
 * @param folder what file names in it are relative to, if it is a file
 * @param root empty when the text holds nothing but comments
 */
record Document(String name, Optional<Path> folder, String text, Optional<MappingNode> root) {

    /** @throws homelab.problem.Failure with exit REFUSED when the text is no kubeconfig that kubectl would take */
    static Document parse(String name, String text) {
        return new Document(name, Optional.empty(), text, new Strict(name).parse(text));
    }

    /** @throws homelab.problem.Failure as {@link #parse}, and with exit FAILED when the file cannot be read */
    static Document read(Path file) {
        try {
            String text = decode(file.toString(), Files.readAllBytes(file));
            Document document = parse(file.toString(), text);
            return new Document(
                    document.name, Optional.ofNullable(file.toAbsolutePath().getParent()), text, document.root);
        } catch (IOException e) {
            throw Refusals.unreadable(file, e);
        }
    }

    private static String decode(String name, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusals.broken(name, 1, 1, "it is not UTF-8 text");
        }
    }

    Optional<Node> section(Section section) {
        return root.flatMap(mapping -> Nodes.value(mapping, section.list));
    }

    List<MappingNode> items(Section section) {
        if (section(section).orElse(null) instanceof SequenceNode list) {
            return list.getValue().stream().map(MappingNode.class::cast).toList();
        }
        return List.of();
    }

    Optional<MappingNode> item(Section section, String itemName) {
        return items(section).stream()
                .filter(item -> Nodes.text(item, "name").equals(Optional.of(itemName)))
                .findFirst();
    }

    Optional<String> field(Section section, String itemName, String key) {
        return item(section, itemName)
                .flatMap(item -> Nodes.mapping(item, section.body))
                .flatMap(body -> Nodes.text(body, key));
    }

    /** The sum of what {@code <key>-data} holds or, without that, of the file that {@code <key>} names. */
    Optional<String> sha256(Section section, String itemName, String key) {
        return field(section, itemName, key + "-data")
                .map(KubeconfigState::sha256OfData)
                .or(() -> field(section, itemName, key).flatMap(this::sha256OfFile));
    }

    private Optional<String> sha256OfFile(String file) {
        try {
            Path path = folder.map(base -> base.resolve(file)).orElse(Path.of(file));
            return Optional.of(KubeconfigState.sha256(Files.readAllBytes(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String currentContext() {
        return root.flatMap(mapping -> Nodes.text(mapping, "current-context")).orElse("");
    }

    /** The names of the context's cluster and user, as far as it has them. */
    Map<Section, String> namesBehind(String context) {
        Map<Section, String> names = new EnumMap<>(Section.class);
        field(Section.CONTEXTS, context, "cluster").ifPresent(cluster -> names.put(Section.CLUSTERS, cluster));
        field(Section.CONTEXTS, context, "user").ifPresent(user -> names.put(Section.USERS, user));
        return names;
    }
}
