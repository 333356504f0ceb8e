package homelab.storage;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.model.Quantity;
import homelab.storage.Copy.Health;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PersistentVolumes that are not Longhorn's: on the disk of one node, or elsewhere. */
final class PersistentVolumes {
    private static final String LONGHORN = "driver.longhorn.io";

    private PersistentVolumes() {}

    /**
     * One of Longhorn's that Longhorn does not know any more has no copy left.
     *
     * @param known the names of those that are told already
     */
    static List<Volume> of(String list, Set<String> known) {
        return Items.of(list).stream()
                .filter(item -> !known.contains(Items.name(item)))
                .map(PersistentVolumes::volume)
                .toList();
    }

    private static Volume volume(JsonNode item) {
        JsonNode spec = item.path("spec");
        boolean local = spec.has("local") || spec.has("hostPath");
        return new Volume(
                Items.name(item),
                claim(spec.path("claimRef")),
                local ? "local" : kind(spec),
                Quantity.parse(spec.path("capacity").path("storage").asText())
                        .map(BigDecimal::longValue)
                        .orElse(0L),
                item.path("status").path("phase").asText("unknown"),
                local ? copies(spec) : List.of(),
                local || kind(spec).equals(LONGHORN) ? 1 : 0);
    }

    private static Optional<String> claim(JsonNode claim) {
        return claim.has("name")
                ? Optional.of(claim.path("namespace").asText() + "/"
                        + claim.path("name").asText())
                : Optional.empty();
    }

    private static String kind(JsonNode spec) {
        return spec.has("csi") ? spec.path("csi").path("driver").asText() : spec.has("nfs") ? "nfs" : "other";
    }

    /** A path without a node is that path on whatever node the pod runs, so the data may lie anywhere. */
    private static List<Copy> copies(JsonNode spec) {
        List<Copy> copies = new ArrayList<>();
        for (JsonNode term : spec.path("nodeAffinity").path("required").path("nodeSelectorTerms")) {
            for (JsonNode match : term.path("matchExpressions")) {
                match.path("values").forEach(value -> copies.add(new Copy(value.asText(), Health.HEALTHY)));
            }
        }
        return copies.isEmpty() ? List.of(new Copy("any node", Health.HEALTHY)) : copies;
    }
}
