package homelab.storage;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.storage.Copy.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Volumes, replicas and disks as Longhorn keeps them (Longhorn 1.11, longhorn.io/v1beta2). */
final class LonghornVolumes {
    static final String KIND = "longhorn";

    private LonghornVolumes() {}

    static List<Volume> of(String volumes, String replicas) {
        Map<String, List<Copy>> copies = Items.of(replicas).stream()
                .collect(Collectors.groupingBy(
                        replica -> replica.path("spec").path("volumeName").asText(),
                        Collectors.mapping(LonghornVolumes::copy, Collectors.toList())));
        return Items.of(volumes).stream()
                .map(volume -> volume(volume, copies.getOrDefault(Items.name(volume), List.of())))
                .toList();
    }

    private static Volume volume(JsonNode item, List<Copy> copies) {
        JsonNode claimed = item.path("status").path("kubernetesStatus");
        String claim = claimed.path("pvcName").asText();
        String pv = claimed.path("pvName").asText();
        return new Volume(
                pv.isEmpty() ? Items.name(item) : pv,
                claim.isEmpty()
                        ? Optional.empty()
                        : Optional.of(claimed.path("namespace").asText() + "/" + claim),
                KIND,
                item.path("spec").path("size").asLong(),
                state(item.path("status")),
                copies,
                item.path("spec").path("numberOfReplicas").asInt());
    }

    private static String state(JsonNode status) {
        String state = status.path("state").asText("unknown");
        return state.equals("attached")
                ? "attached to " + status.path("currentNodeID").asText("nobody")
                : state;
    }

    /** A replica is good from its {@code healthyAt} on until it has a {@code failedAt}; before that it is being filled. */
    private static Copy copy(JsonNode replica) {
        JsonNode spec = replica.path("spec");
        Health health = !spec.path("failedAt").asText().isEmpty()
                ? Health.FAILED
                : spec.path("healthyAt").asText().isEmpty() ? Health.REBUILDING : Health.HEALTHY;
        return new Copy(spec.path("nodeID").asText(), health);
    }

    static List<Disk> disks(String nodes) {
        List<Disk> disks = new ArrayList<>();
        for (JsonNode node : Items.of(nodes)) {
            JsonNode wanted = node.path("spec").path("disks");
            node.path("status").path("diskStatus").properties().forEach(disk -> {
                JsonNode spec = wanted.path(disk.getKey());
                disks.add(disk(node, spec, disk.getValue()));
            });
        }
        return disks;
    }

    private static Disk disk(JsonNode node, JsonNode spec, JsonNode status) {
        return new Disk(
                Items.name(node),
                status.path("diskPath").asText(spec.path("path").asText()),
                status.path("storageMaximum").asLong(),
                status.path("storageAvailable").asLong(),
                status.path("storageScheduled").asLong(),
                problem(node, spec, status));
    }

    private static String problem(JsonNode node, JsonNode spec, JsonNode status) {
        List<String> wrong = new ArrayList<>(untrue(node.path("status").path("conditions"), "Ready"));
        wrong.addAll(untrue(status.path("conditions"), "Ready", "Schedulable"));
        boolean closed = !node.path("spec").path("allowScheduling").asBoolean(true)
                || !spec.path("allowScheduling").asBoolean(true);
        if (closed) {
            wrong.add("closed for new copies by its settings");
        }
        return String.join("; ", wrong);
    }

    private static List<String> untrue(JsonNode conditions, String... types) {
        List<String> wrong = new ArrayList<>();
        for (JsonNode condition : conditions) {
            boolean counts = List.of(types).contains(condition.path("type").asText());
            if (counts && condition.path("status").asText().equals("False")) {
                String why = condition.path("message").asText();
                wrong.add(why.isEmpty() ? "not " + condition.path("type").asText() : why);
            }
        }
        return wrong;
    }
}
