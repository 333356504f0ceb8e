package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who set a field, by the API's own record (managedFields).
 *
 * @param manager the name that the program gave itself, e.g. {@code kubectl-edit}
 * @param operation Update or Apply
 */
public record Owner(String manager, String operation, Optional<Instant> time) {
    private static final String ARGO = "argocd-controller";

    boolean isArgo() {
        return manager.equals(ARGO) || manager.equals("argocd-application-controller");
    }

    /** The owners of a field, newest first; of one that nobody owns by itself the owners of what it lies in. */
    static List<Owner> of(JsonNode object, Field field) {
        int deepest = 0;
        List<Owner> owners = new ArrayList<>();
        for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
            int depth = depth(entry.path("fieldsV1"), field);
            if (depth == 0 || depth < deepest) {
                continue;
            }
            if (depth > deepest) {
                owners.clear();
                deepest = depth;
            }
            owners.add(new Owner(Json.word(entry, "manager"), Json.word(entry, "operation"), Json.time(entry, "time")));
        }
        owners.sort(Comparator.comparing((Owner owner) -> owner.time().orElse(Instant.EPOCH))
                .reversed());
        return owners;
    }

    /** How many steps of the way to the field this manager owns. */
    private static int depth(JsonNode owned, Field field) {
        int depth = 0;
        JsonNode here = owned;
        for (Object step : field.steps()) {
            here = step instanceof JsonNode element ? element(here, element) : here.path("f:" + step);
            if (here.isMissingNode()) {
                return depth;
            }
            depth++;
        }
        return depth;
    }

    /** Of a list the API writes {@code k:{"name":"web"}}, with those keys that tell its elements apart. */
    private static JsonNode element(JsonNode owned, JsonNode element) {
        for (var entry : owned.properties()) {
            if (entry.getKey().startsWith("k:")
                    && within(Json.tree(entry.getKey().substring(2)), element)) {
                return entry.getValue();
            }
        }
        return Json.tree("");
    }

    /** The API fills in what an element leaves out, the protocol of a port for one. */
    private static boolean within(JsonNode keys, JsonNode element) {
        return keys.properties().stream()
                .allMatch(key -> element.path(key.getKey()).isMissingNode()
                        || element.path(key.getKey()).equals(key.getValue()));
    }
}
