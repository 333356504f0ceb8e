package homelab.resource.helm;

import homelab.resource.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects that a release does not take over because its chart names them otherwise, an Argo CD installed from its
 * manifests, say. They stay and go on running beside the new ones, and others may still refer to them.
 */
record Renamed(Rendered rendered) {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> old : rendered.around()) {
            twin(old).ifPresent(twin -> {
                String users = String.join(", ", users(old));
                changes.add(new Change(
                        title(old),
                        "stays beside " + twin.name() + " of the chart",
                        users.isEmpty() ? "nothing refers to it" : "referred to by " + users));
            });
        }
        return changes;
    }

    private static String title(Map<String, Object> object) {
        return Trees.word(object, "kind") + " " + Trees.word(object, "metadata", "namespace") + "/"
                + Trees.word(object, "metadata", "name");
    }

    /** What the chart has in place of an object that it does not have. */
    private Optional<Item> twin(Map<String, Object> old) {
        String kind = Trees.word(old, "kind");
        String name = Trees.word(old, "metadata", "name");
        List<Item> same = rendered.items().stream()
                .filter(item -> item.kind().equals(kind))
                .toList();
        boolean helms = Trees.word(old, "metadata", "labels", "app.kubernetes.io/managed-by")
                .equals("Helm");
        return helms || same.stream().anyMatch(item -> item.name().equals(name))
                ? Optional.empty()
                : same.stream().filter(item -> alike(item, old)).findFirst();
    }

    private static boolean alike(Item item, Map<String, Object> old) {
        Map<String, Object> selector = selector(item.tree());
        if (!selector.isEmpty() && selector.equals(selector(old))) {
            return true;
        }
        String name = Trees.word(old, "metadata", "labels", NAME);
        return !name.isEmpty()
                && name.equals(Trees.word(item.tree(), "metadata", "labels", NAME))
                && Trees.word(old, "metadata", "labels", COMPONENT)
                        .equals(Trees.word(item.tree(), "metadata", "labels", COMPONENT));
    }

    private static Map<String, Object> selector(Map<String, Object> object) {
        Map<String, Object> match = Trees.map(object, "spec", "selector", "matchLabels");
        return match.isEmpty() && Trees.word(object, "kind").equals("Service")
                ? Trees.map(object, "spec", "selector")
                : match;
    }

    /** Services that lead to its pods, Ingresses to a Service, workloads whose pods use it. */
    private List<String> users(Map<String, Object> old) {
        return rendered.around().stream()
                .filter(other -> other != old && refers(other, old))
                .map(Renamed::title)
                .toList();
    }

    private static boolean refers(Map<String, Object> other, Map<String, Object> old) {
        String name = Trees.word(old, "metadata", "name");
        Object pod = Trees.at(other, "spec", "template", "spec").orElse(Map.of());
        return switch (Trees.word(old, "kind")) {
            case "Service" ->
                Trees.word(other, "kind").equals("Ingress") && backends(other).anyMatch(name::equals);
            case "ServiceAccount" -> Trees.word(pod, "serviceAccountName").equals(name);
            case "ConfigMap" ->
                named(pod, "configMap", "configMapRef", "configMapKeyRef").anyMatch(name::equals);
            case "Secret" -> named(pod, "secret", "secretRef", "secretKeyRef").anyMatch(name::equals);
            default -> Trees.word(other, "kind").equals("Service") && leads(other, old);
        };
    }

    private static boolean leads(Map<String, Object> service, Map<String, Object> workload) {
        Map<String, Object> selector = Trees.map(service, "spec", "selector");
        return !selector.isEmpty()
                && Trees.map(workload, "spec", "template", "metadata", "labels")
                        .entrySet()
                        .containsAll(selector.entrySet());
    }

    private static Stream<String> backends(Object ingress) {
        return under(Trees.at(ingress, "spec").orElse(Map.of()))
                .filter(map -> map.containsKey("service"))
                .map(map -> Trees.word(map, "service", "name"));
    }

    private static Stream<String> named(Object pod, String volume, String... references) {
        return under(pod)
                .flatMap(map -> Stream.concat(
                        Stream.of(Trees.word(map, volume, "name"), Trees.word(map, volume, "secretName")),
                        Stream.of(references).map(reference -> Trees.word(map, reference, "name"))));
    }

    /** Every map in a tree. */
    private static Stream<Map<?, ?>> under(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return Stream.concat(Stream.of(map), map.values().stream().flatMap(Renamed::under));
        }
        return tree instanceof List<?> list ? list.stream().flatMap(Renamed::under) : Stream.empty();
    }
}
