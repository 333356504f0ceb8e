package homelab.resource.helm;

import java.util.Map;

/**
 * One object of a manifest.
 *
 * @param tree as it was rendered
 */
public record Item(String apiVersion, String kind, String name, String namespace, Map<String, Object> tree) {

    public static Item of(Map<String, Object> tree, String usual) {
        String own = Trees.word(tree, "metadata", "namespace");
        return new Item(
                Trees.word(tree, "apiVersion"),
                Trees.word(tree, "kind"),
                Trees.word(tree, "metadata", "name"),
                own.isEmpty() ? usual : own,
                tree);
    }

    /** Empty for the core API. */
    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** For people: {@code Deployment web/whoami}. */
    public String title() {
        return kind + " " + (Kinds.clusterWide(this) ? "" : namespace + "/") + name;
    }
}
