package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why pods are not what their workload says, as far as the API tells it. */
final class Rollout {
    private Rollout() {}

    /** @param pods those of the workload; @param old those of them that are not as it says */
    static Finding why(Id id, JsonNode workload, List<JsonNode> pods, List<JsonNode> old) {
        String oldest = names(old) + " still " + (old.size() == 1 ? "runs" : "run") + " something else";
        if (workload.path("spec").path("paused").asBoolean(false)) {
            return Finding.wrong(
                    "RolloutPaused", id, oldest + "; the rollout was paused (spec.paused)", rollout(id, "resume"));
        }
        String strategy = Json.word(workload, "spec", "updateStrategy", "type");
        if (strategy.equals("OnDelete")) {
            return Finding.wrong(
                    "RolloutWaits",
                    id,
                    oldest + "; its pods change only when they are deleted (updateStrategy OnDelete)",
                    "kubectl -n " + id.namespace() + " delete pod " + names(old).replace(", ", " "));
        }
        int partition = Json.at(workload, "spec", "updateStrategy", "rollingUpdate", "partition")
                .asInt(0);
        if (partition > 0) {
            return Finding.wrong(
                    "RolloutWaits", id, oldest + "; pods below number " + partition + " are kept (partition)", "");
        }
        return moving(id, workload, pods, old, oldest);
    }

    private static Finding moving(Id id, JsonNode workload, List<JsonNode> pods, List<JsonNode> old, String oldest) {
        Optional<String> stuck = condition(workload, "Progressing", "False");
        String waiting = waiting(pods, old);
        if (stuck.isPresent()) {
            return Finding.wrong("RolloutStuck", id, oldest + "; " + stuck.get() + waiting, rollout(id, "status"));
        }
        boolean unseen = Json.at(workload, "status", "observedGeneration").asLong(0)
                < Json.at(workload, "metadata", "generation").asLong(0);
        if (unseen) {
            return Finding.wrong(
                    "RolloutNotBegun",
                    id,
                    oldest + "; the controller of Kubernetes has not seen the change yet",
                    "homelab status");
        }
        if (editedByHand(workload, old)) {
            return Finding.wrong(
                    "PodChangedByHand",
                    id,
                    oldest + ", though made from the newest template: somebody changed the pod itself",
                    "kubectl -n " + id.namespace() + " delete pod " + names(old).replace(", ", " "));
        }
        return Finding.wrong("RollingOut", id, oldest + "; they are being replaced" + waiting, rollout(id, "status"));
    }

    /** A pod of the newest make has its hash; a workload without hashes tells nothing. */
    private static boolean editedByHand(JsonNode workload, List<JsonNode> old) {
        String newest = Json.word(workload, "status", "updateRevision");
        boolean complete = Json.at(workload, "status", "updatedReplicas").asInt(0)
                >= Json.at(workload, "spec", "replicas").asInt(1);
        boolean allNewest = old.stream()
                .allMatch(pod -> newest.isEmpty()
                        ? pod.path("metadata").path("labels").has("pod-template-hash")
                        : Json.at(pod, "metadata", "labels")
                                .path("controller-revision-hash")
                                .asText()
                                .equals(newest));
        boolean nothingElse = Json.at(workload, "status", "unavailableReplicas").asInt(0) == 0;
        return complete && allNewest && nothingElse;
    }

    /** What the new pods wait for. */
    private static String waiting(List<JsonNode> pods, List<JsonNode> old) {
        String words = pods.stream()
                .filter(pod -> !old.contains(pod))
                .flatMap(pod -> Json.at(pod, "status", "containerStatuses").findValues("waiting").stream())
                .map(waiting -> Json.word(waiting, "reason"))
                .distinct()
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : "; the new ones wait: " + words;
    }

    private static Optional<String> condition(JsonNode workload, String type, String status) {
        for (JsonNode one : Json.at(workload, "status", "conditions")) {
            if (Json.word(one, "type").equals(type) && Json.word(one, "status").equals(status)) {
                return Optional.of(Json.word(one, "reason") + ": " + Json.word(one, "message"));
            }
        }
        return Optional.empty();
    }

    private static String names(List<JsonNode> pods) {
        return pods.stream().map(pod -> Json.word(pod, "metadata", "name")).collect(Collectors.joining(", "));
    }

    private static String rollout(Id id, String verb) {
        return "kubectl -n " + id.namespace() + " rollout " + verb + " "
                + id.kind().toLowerCase(java.util.Locale.ROOT) + "/" + id.name();
    }
}
