package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pod, as far as its leaving is concerned.
 *
 * @param node "" while it has none
 * @param owner who makes it anew, "Deployment web"; "" when nobody does
 * @param ready whether it does its work
 * @param ending whether it was told to end already
 * @param claims of volumes, NAMESPACE/NAME
 */
public record Pod(
        String namespace,
        String name,
        String node,
        String owner,
        Fate fate,
        boolean ready,
        boolean ending,
        Map<String, String> labels,
        List<String> claims) {
    private static final Set<String> OF_THE_NODE = Set.of("DaemonSet", "Node");

    /** What becomes of a pod when its node is emptied. */
    public enum Fate {
        /** It belongs to the node, or has done its work. */
        STAYS,
        /** Somebody makes another one elsewhere. */
        LEAVES,
        /** Nobody makes it anew: it is gone with its node. */
        ALONE
    }

    public Pod {
        labels = Map.copyOf(labels);
        claims = List.copyOf(claims);
    }

    /** @param pod as the API tells it */
    public static Pod of(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode owner = controller(metadata);
        return new Pod(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                pod.path("spec").path("nodeName").asText(),
                told(owner, metadata.path("labels").path("pod-template-hash").asText()),
                fate(pod, owner),
                ready(pod),
                metadata.has("deletionTimestamp"),
                Labels.map(metadata.path("labels")),
                claims(pod));
    }

    private static JsonNode controller(JsonNode metadata) {
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return owner;
            }
        }
        return metadata.path("none");
    }

    /** The Deployment behind a ReplicaSet is the name that people know. */
    private static String told(JsonNode owner, String hash) {
        String kind = owner.path("kind").asText();
        String name = owner.path("name").asText();
        boolean deployed = kind.equals("ReplicaSet") && !hash.isEmpty() && name.endsWith("-" + hash);
        return deployed
                ? "Deployment " + name.substring(0, name.length() - hash.length() - 1)
                : (kind + " " + name).strip();
    }

    private static Fate fate(JsonNode pod, JsonNode owner) {
        String phase = pod.path("status").path("phase").asText();
        boolean mirror = pod.path("metadata").path("annotations").has("kubernetes.io/config.mirror");
        String kind = owner.path("kind").asText();
        if (mirror || OF_THE_NODE.contains(kind) || phase.equals("Succeeded") || phase.equals("Failed")) {
            return Fate.STAYS;
        }
        return kind.isEmpty() ? Fate.ALONE : Fate.LEAVES;
    }

    private static boolean ready(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static List<String> claims(JsonNode pod) {
        String namespace = pod.path("metadata").path("namespace").asText();
        List<String> claims = new ArrayList<>();
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText();
            if (!claim.isEmpty()) {
                claims.add(namespace + "/" + claim);
            }
        }
        return claims;
    }

    /** NAMESPACE/NAME, as options take it. */
    public String title() {
        return namespace + "/" + name;
    }

    /** With who makes it anew. */
    public String told() {
        return owner.isEmpty() ? title() : title() + " (" + owner + ")";
    }

    /** Whether people set the number of its kind, and a budget that allows none to be missing waits for them. */
    boolean counted() {
        return owner.matches("(Deployment|ReplicaSet|StatefulSet|ReplicationController) .*");
    }
}
