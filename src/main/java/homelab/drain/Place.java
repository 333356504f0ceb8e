package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.drain.Pod.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node on which pods of another may go on.
 *
 * @param there the pods that it has
 * @param volumes by claim, NAMESPACE/NAME
 */
record Place(String name, JsonNode node, List<JsonNode> there, Map<String, JsonNode> volumes) {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    static Place of(JsonNode node, List<JsonNode> pods, Map<String, JsonNode> volumes) {
        String name = node.path("metadata").path("name").asText();
        List<JsonNode> there = pods.stream()
                .filter(pod -> pod.path("spec").path("nodeName").asText().equals(name))
                .toList();
        return new Place(name, node, there, volumes);
    }

    /** Why the pod cannot go here; empty when it can. */
    Optional<String> against(JsonNode pod, Room taken) {
        List<String> against = new ArrayList<>();
        if (!ready()) {
            against.add("is not Ready");
        }
        if (node.path("spec").path("unschedulable").asBoolean()) {
            against.add("is cordoned");
        }
        Tolerance.against(pod, node).ifPresent(against::add);
        if (!asked(pod.path("spec"))) {
            against.add("is not a node that it asks for");
        }
        if (Pod.of(pod).claims().stream().anyMatch(claim -> !reaches(claim))) {
            against.add("does not have its volume");
        }
        if (beside(pod)) {
            against.add("has one that it must not be beside");
        }
        if (!Room.wantedBy(pod).plus(taken).plus(used()).fitsIn(whole())) {
            against.add("has no room");
        }
        return against.stream().findFirst();
    }

    private boolean ready() {
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private Map<String, String> labels() {
        return Labels.map(node.path("metadata").path("labels"));
    }

    private boolean asked(JsonNode spec) {
        JsonNode terms = spec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms");
        return labels().entrySet()
                        .containsAll(Labels.map(spec.path("nodeSelector")).entrySet())
                && admitted(terms);
    }

    /** Any of the terms holds, each with all that it has; one with nothing in it holds never. */
    private boolean admitted(JsonNode terms) {
        boolean any = terms.isEmpty();
        for (JsonNode term : terms) {
            JsonNode expressions = term.path("matchExpressions");
            JsonNode fields = term.path("matchFields");
            any |= !(expressions.isEmpty() && fields.isEmpty())
                    && Labels.all(expressions, labels())
                    && Labels.all(fields, Map.of("metadata.name", name));
        }
        return any;
    }

    private boolean reaches(String claim) {
        JsonNode volume = volumes.get(claim);
        return volume == null
                || admitted(volume.path("spec")
                        .path("nodeAffinity")
                        .path("required")
                        .path("nodeSelectorTerms"));
    }

    /** Pods that must not share a host, as a workload with one pod on each asks. */
    private boolean beside(JsonNode pod) {
        String namespace = pod.path("metadata").path("namespace").asText();
        for (JsonNode term : pod.path("spec")
                .path("affinity")
                .path("podAntiAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")) {
            boolean here = term.path("topologyKey").asText().equals(HOSTNAME)
                    && there.stream()
                            .filter(other -> other.path("metadata")
                                    .path("namespace")
                                    .asText()
                                    .equals(namespace))
                            .map(other -> Labels.map(other.path("metadata").path("labels")))
                            .anyMatch(labels -> Labels.selected(term.path("labelSelector"), labels));
            if (here) {
                return true;
            }
        }
        return false;
    }

    private Room used() {
        return there.stream()
                .filter(pod -> Pod.of(pod).fate() != Fate.STAYS
                        || pod.path("status").path("phase").asText().equals("Running"))
                .map(Room::wantedBy)
                .reduce(Room.NONE, Room::plus);
    }

    private Room whole() {
        return Room.of(node.path("status").path("allocatable"));
    }
}
