package homelab.resource.helm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** What a release rendered, as Helm keeps it: YAML documents, hooks not among them. */
public final class Manifest {
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
    public static List<Item> read(String text, String namespace) {
        List<Item> items = new ArrayList<>();
        try {
            yaml().loadAll(text).forEach(document -> add(items, document, namespace));
        } catch (YAMLException e) {
            throw new IllegalStateException("the release's manifest cannot be read: " + e.getMessage(), e);
        }
        return items;
    }

    /**
     * What a chart is told, as YAML.
     *
     * @throws IllegalStateException when it is no map of keys
     */
    public static Map<String, Object> tree(String text) {
        try {
            @Nullable Object tree = yaml().load(text);
            if (tree == null || tree instanceof Map) {
                return Trees.map(tree);
            }
        } catch (YAMLException e) {
            throw new IllegalStateException("it cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalStateException("it is no map of keys");
    }

    /** The same as text; the same tree gives the same. */
    public static String text(Map<String, Object> tree) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        block.setSplitLines(false);
        return tree.isEmpty() ? "{}\n" : new Yaml(block).dump(plain(tree));
    }

    /** YAML's own types; a BigDecimal would be written with its Java name. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, plain(inner)));
            return copy;
        } else if (value instanceof List<?> list) {
            return list.stream().map(Manifest::plain).toList();
        }
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
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
