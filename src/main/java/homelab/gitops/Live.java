package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster has: workloads with their pods, by the API's own words on who owns what. */
public final class Live {
    /** Paths of the API that are read for it, each once, however many Applications there are. */
    public static final List<String> PATHS = List.of(
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/statefulsets",
            "/apis/apps/v1/daemonsets",
            "/apis/apps/v1/replicasets",
            "/api/v1/pods");

    private static final List<String> KINDS = List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod");

    private final Map<Id, JsonNode> objects = new LinkedHashMap<>();
    private final Map<String, JsonNode> byUid = new LinkedHashMap<>();

    /** @param answers to {@link #PATHS}, in their order */
    public static Live of(List<String> answers) {
        Live live = new Live();
        for (int i = 0; i < answers.size(); i++) {
            String kind = KINDS.get(i);
            Json.tree(answers.get(i)).path("items").forEach(item -> live.add(kind, item));
        }
        return live;
    }

    /** Items of a list do not say what they are; the list does. */
    private void add(String kind, JsonNode item) {
        String group = kind.equals("Pod") ? "" : "apps";
        objects.put(
                new Id(group, kind, Json.word(item, "metadata", "namespace"), Json.word(item, "metadata", "name")),
                item);
        byUid.put(Json.word(item, "metadata", "uid"), item);
    }

    static boolean runs(Id id) {
        return id.group().equals("apps") && KINDS.indexOf(id.kind()) < 3 && KINDS.contains(id.kind());
    }

    Optional<JsonNode> of(Id id) {
        return Optional.ofNullable(objects.get(id));
    }

    /** The pods of a workload that have not ended and are not about to. */
    List<JsonNode> pods(JsonNode workload) {
        String uid = Json.word(workload, "metadata", "uid");
        List<JsonNode> pods = new ArrayList<>();
        objects.forEach((id, pod) -> {
            if (id.kind().equals("Pod") && runs(pod) && ownedBy(pod, uid)) {
                pods.add(pod);
            }
        });
        return pods;
    }

    private static boolean runs(JsonNode pod) {
        String phase = Json.word(pod, "status", "phase");
        return !phase.equals("Succeeded")
                && !phase.equals("Failed")
                && Json.word(pod, "metadata", "deletionTimestamp").isEmpty();
    }

    private boolean ownedBy(JsonNode object, String uid) {
        for (JsonNode owner : Json.at(object, "metadata", "ownerReferences")) {
            String its = Json.word(owner, "uid");
            JsonNode above = byUid.get(its);
            if (its.equals(uid) || above != null && ownedBy(above, uid)) {
                return true;
            }
        }
        return false;
    }

    /** The pod in which Argo CD keeps its comparisons, if one runs. */
    public Optional<PodName> redis() {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals("Pod") && runs(entry.getValue()))
                .filter(entry -> Json.at(entry.getValue(), "metadata", "labels")
                        .path("app.kubernetes.io/name")
                        .asText()
                        .equals(ArgoCache.APP))
                .filter(entry -> Json.word(entry.getValue(), "status", "phase").equals("Running"))
                .map(entry ->
                        new PodName(entry.getKey().namespace(), entry.getKey().name()))
                .findFirst();
    }
}
