package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Applications as Argo CD v2.14 writes them (argoproj.io/v1alpha1). */
final class ApplicationJson {
    private static final String TRACKED_BY = "argocd.argoproj.io/tracking-id";
    private static final String LABELLED_BY = "app.kubernetes.io/instance";
    private static final String LABELLED_BY_OURS = "argocd.argoproj.io/instance";
    private static final String CASCADE = "resources-finalizer.argocd.argoproj.io";

    private ApplicationJson() {}

    static List<Application> list(String json) {
        List<Application> all = new ArrayList<>();
        Json.tree(json).path("items").forEach(item -> all.add(one(item)));
        return all;
    }

    private static Application one(JsonNode item) {
        JsonNode spec = item.path("spec");
        JsonNode status = item.path("status");
        JsonNode automated = Json.at(spec, "syncPolicy", "automated");
        return new Application(
                Json.word(item, "metadata", "namespace"),
                Json.word(item, "metadata", "name"),
                sources(spec),
                Json.word(status, "sync", "status"),
                revisions(status.path("sync")),
                Json.word(status, "health", "status"),
                Json.time(status, "reconciledAt"),
                synced(status),
                complaints(status.path("conditions")),
                operation(item),
                automated.isObject() && automated.path("enabled").asBoolean(true),
                automated.path("selfHeal").asBoolean(false),
                byHand(item),
                finalizers(item),
                Json.time(item, "metadata", "deletionTimestamp"),
                Json.map(Json.at(item, "metadata", "annotations")),
                ignored(spec.path("ignoreDifferences")),
                managed(status.path("resources")),
                spec.toString());
    }

    private static List<Application.Source> sources(JsonNode spec) {
        List<Application.Source> sources = new ArrayList<>();
        if (spec.path("source").isObject()) {
            sources.add(source(spec.path("source")));
        }
        spec.path("sources").forEach(source -> sources.add(source(source)));
        return sources;
    }

    private static Application.Source source(JsonNode source) {
        boolean chart = source.hasNonNull("chart");
        JsonNode helm = source.path("helm");
        boolean inline = !Json.word(helm, "values").isEmpty()
                || !helm.path("valuesObject").isEmpty()
                || !helm.path("parameters").isEmpty();
        String revision = Json.word(source, "targetRevision");
        return new Application.Source(
                Json.word(source, "repoURL"),
                Json.word(source, chart ? "chart" : "path"),
                chart,
                revision.isEmpty() ? "HEAD" : revision,
                inline);
    }

    private static List<String> revisions(JsonNode sync) {
        List<String> many = Json.words(sync.path("revisions"));
        String one = Json.word(sync, "revision");
        return many.isEmpty() && !one.isEmpty() ? List.of(one) : many;
    }

    private static Optional<Instant> synced(JsonNode status) {
        JsonNode history = status.path("history");
        return history.isEmpty() ? Optional.empty() : Json.time(history.get(history.size() - 1), "deployedAt");
    }

    private static List<String> complaints(JsonNode conditions) {
        List<String> all = new ArrayList<>();
        conditions.forEach(one -> all.add(Json.word(one, "type") + ": " + Json.word(one, "message")));
        return all;
    }

    private static Optional<Application.Operation> operation(JsonNode item) {
        JsonNode state = Json.at(item, "status", "operationState");
        if (!state.isObject()) {
            return Optional.empty();
        }
        boolean running = state.path("finishedAt").isMissingNode() || item.hasNonNull("operation");
        return Optional.of(new Application.Operation(
                Json.word(state, "phase"), Json.word(state, "message"), Json.time(state, "startedAt"), running));
    }

    /** Whatever makes Applications marks them: another Application by its tracking, an ApplicationSet as their owner. */
    private static boolean byHand(JsonNode item) {
        Map<String, String> annotations = Json.map(Json.at(item, "metadata", "annotations"));
        Map<String, String> labels = Json.map(Json.at(item, "metadata", "labels"));
        return !annotations.containsKey(TRACKED_BY)
                && !labels.containsKey(LABELLED_BY)
                && !labels.containsKey(LABELLED_BY_OURS)
                && Json.at(item, "metadata", "ownerReferences").isEmpty();
    }

    private static List<String> finalizers(JsonNode item) {
        return Json.words(Json.at(item, "metadata", "finalizers")).stream()
                .filter(finalizer -> finalizer.startsWith(CASCADE))
                .toList();
    }

    private static List<Application.Ignored> ignored(JsonNode list) {
        List<Application.Ignored> all = new ArrayList<>();
        for (JsonNode one : list) {
            List<String> by = new ArrayList<>(Json.words(one.path("jsonPointers")));
            by.addAll(Json.words(one.path("jqPathExpressions")));
            Json.words(one.path("managedFieldsManagers")).forEach(manager -> by.add("fields of " + manager));
            Id id = Id.entry(one);
            all.add(new Application.Ignored(id.group(), id.kind(), id.namespace(), id.name(), by));
        }
        return all;
    }

    private static List<Application.Managed> managed(JsonNode list) {
        List<Application.Managed> all = new ArrayList<>();
        list.forEach(one -> all.add(new Application.Managed(
                Id.entry(one),
                Json.word(one, "status"),
                Json.word(one, "health", "status"),
                one.path("requiresPruning").asBoolean(false))));
        return all;
    }
}
