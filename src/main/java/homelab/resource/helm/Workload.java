package homelab.resource.helm;

import homelab.resource.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what runs by an object runs as its controller was told, by the controller's own account. */
public final class Workload {
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "Pod");
    private static final Set<String> WELL = Set.of("Running", "Completed");

    private Workload() {}

    static boolean isOne(Item item) {
        return KINDS.contains(item.kind()) && Kinds.own(item);
    }

    /** What is not ready yet, and why as far as the pods tell it. */
    public static Optional<Change> unready(Item item, Map<String, Object> live, Map<String, String> pods) {
        return unready(item, live, pods, 0);
    }

    /** @param away how many nodes are not Ready: a DaemonSet wants a pod on each of them, and waiting brings none */
    static Optional<Change> unready(Item item, Map<String, Object> live, Map<String, String> pods, long away) {
        String is = switch (item.kind()) {
            case "Deployment" -> deployment(live);
            case "StatefulSet" -> count(live, wanted(live), "readyReplicas", "updatedReplicas");
            case "DaemonSet" ->
                count(
                        live,
                        Math.max(1, Trees.number(live, 1, "status", "desiredNumberScheduled") - away),
                        "numberAvailable",
                        "updatedNumberScheduled");
            case "Job" -> condition(live, "Failed", "True") ? "failed" : "";
            case "Pod" -> condition(live, "Ready", "True") ? "" : "not ready";
            case "CustomResourceDefinition" -> condition(live, "Established", "True") ? "" : "not established";
            case "APIService" -> condition(live, "Available", "True") ? "" : "not available";
            default -> "";
        };
        return is.isEmpty() ? Optional.empty() : Optional.of(new Change(item.title(), is + why(item, pods), "ready"));
    }

    private static long wanted(Map<String, Object> live) {
        return Trees.number(live, 1, "spec", "replicas");
    }

    /**
     * A Deployment counts its old pods among the available ones: with one replica an old pod that runs would stand in for
     * a new one that does not. They have to be gone (kubectl rollout status waits for the same).
     */
    private static String deployment(Map<String, Object> live) {
        long updated = Trees.number(live, 0, "status", "updatedReplicas");
        boolean older = Trees.number(live, updated, "status", "replicas") > updated;
        String missing = count(live, wanted(live), "availableReplicas", "updatedReplicas");
        return missing.isEmpty() && older ? updated + "/" + wanted(live) + ", old pods are being replaced" : missing;
    }

    /** Empty when it is all there: as many as wanted, all of the newest make, seen in the newest state. */
    private static String count(Map<String, Object> live, long wanted, String ready, String updated) {
        long are = Trees.number(live, 0, "status", ready);
        boolean seen = Trees.number(live, 0, "status", "observedGeneration")
                >= Trees.number(live, 0, "metadata", "generation");
        boolean ofNewestMake = Trees.number(live, 0, "status", updated) >= wanted
                || Trees.word(live, "spec", "updateStrategy", "type").equals("OnDelete");
        if (seen && ofNewestMake && are >= wanted) {
            return "";
        }
        return are + "/" + wanted + (seen && !ofNewestMake ? ", old pods are being replaced" : "");
    }

    private static boolean condition(Map<String, Object> live, String type, String status) {
        return Trees.list(live, "status", "conditions").stream()
                .anyMatch(one -> Trees.word(one, "type").equals(type)
                        && Trees.word(one, "status").equals(status));
    }

    /** The pods' own words, each once: "ImagePullBackOff". */
    private static String why(Item item, Map<String, String> pods) {
        List<String> words = pods.entrySet().stream()
                .filter(pod -> pod.getKey().startsWith(item.name() + "-")
                        || pod.getKey().equals(item.name()))
                .map(Map.Entry::getValue)
                .filter(word -> !WELL.contains(word))
                .distinct()
                .map(Workload::told)
                .toList();
        return words.isEmpty() ? "" : words.stream().collect(Collectors.joining(", ", ": ", ""));
    }

    private static String told(String word) {
        return switch (word) {
            case "ImagePullBackOff", "ErrImagePull" -> "the image cannot be pulled";
            case "ErrImageNeverPull" -> "the image is not on the node";
            case "CrashLoopBackOff", "Error" -> "it starts and ends again (" + word + ")";
            case "Pending" -> "no node takes it yet, or its volume is not bound";
            case "ContainerCreating", "PodInitializing" -> "it is being started";
            default -> word;
        };
    }
}
