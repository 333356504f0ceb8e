package homelab.resource.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** What a release rendered, as Helm keeps it: YAML documents, hooks not among them. */
final class Manifest {
    /** Helm's limit for a release is 1 MiB packed; CRDs pack ten to one. */
    private static final int LARGEST = 64 << 20;

    /** Kubernetes reads neither times of the day as numbers in base 60 nor dates as moments. */
    private static final class PlainResolver extends Resolver {
        private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-fA-F]+)");
        private static final Pattern PARTS =
                Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+\\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, PARTS, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private Manifest() {}

    /**
     * The objects in their order, lists taken apart.
     *
     * @param namespace of objects that name none
     * @throws IllegalStateException when it is not YAML
     */
    static List<Item> read(String text, String namespace) {
        List<Item> items = new ArrayList<>();
        try {
            yaml().loadAll(text).forEach(document -> add(items, document, namespace));
        } catch (YAMLException e) {
            throw new IllegalStateException("the release's manifest cannot be read: " + e.getMessage(), e);
        }
        return items;
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(1000);
        DumperOptions dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new PlainResolver());
    }

    private static void add(List<Item> items, Object document, String namespace) {
        Map<String, Object> tree = Trees.map(document);
        if (tree.isEmpty()) {
            return;
        }
        List<?> inner = Trees.list(tree, "items");
        if (Trees.word(tree, "kind").endsWith("List") && !inner.isEmpty()) {
            inner.forEach(item -> add(items, item, namespace));
        } else {
            items.add(Item.of(tree, namespace));
        }
    }
}
