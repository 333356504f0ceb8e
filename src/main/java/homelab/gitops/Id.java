package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;

/** An object of the cluster, whatever its version: {@code apps/Deployment web/web}. */
public record Id(String group, String kind, String namespace, String name) {

    /** Of any object, or of an entry of Argo CD's that has a group of its own. */
    static Id of(JsonNode object) {
        String version = Json.word(object, "apiVersion");
        return new Id(
                version.contains("/") ? version.substring(0, version.indexOf('/')) : "",
                Json.word(object, "kind"),
                Json.word(object, "metadata", "namespace"),
                Json.word(object, "metadata", "name"));
    }

    static Id entry(JsonNode entry) {
        return new Id(
                Json.word(entry, "group"),
                Json.word(entry, "kind"),
                Json.word(entry, "namespace"),
                Json.word(entry, "name"));
    }

    /** Whether its value must never be shown. */
    boolean secret() {
        return kind.equals("Secret");
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
