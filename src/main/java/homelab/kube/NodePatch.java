package homelab.kube;

import homelab.model.Label;
import homelab.model.Taint;
import homelab.resource.Deed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What must change on a Node, as a JSON merge patch. A list is replaced as a whole by such a patch, so the taints of others
 * are carried over, and the resource version makes the API refuse it when somebody changed the Node meanwhile.
 */
final class NodePatch {
    private final Node node;
    private final Deed.PatchNode deed;

    private NodePatch(Node node, Deed.PatchNode deed) {
        this.node = node;
        this.deed = deed;
    }

    /** Empty when the Node is as it should be; values are text, lists, maps, and null for what is to go. */
    static Optional<Map<String, Object>> of(Node node, Deed.PatchNode deed) {
        return new NodePatch(node, whole(node, deed)).patch();
    }

    /** The deed with what was ours and is no longer wanted among what it drops. */
    private static Deed.PatchNode whole(Node node, Deed.PatchNode deed) {
        Map<String, String> now = nonNull(node.getMetadata().getAnnotations());
        Set<String> labels = Bookkeeping.keys(now.getOrDefault(Bookkeeping.LABELS, ""));
        Set<String> taints = Bookkeeping.keys(now.getOrDefault(Bookkeeping.TAINTS, ""));
        deed.labels().forEach(label -> labels.remove(label.key()));
        deed.taints().forEach(taint -> taints.add(taint.key())); // with another effect it would be a second taint
        labels.addAll(deed.dropLabels());
        taints.addAll(deed.dropTaints());
        return new Deed.PatchNode(deed.node(), deed.labels(), labels, deed.taints(), taints);
    }

    private Optional<Map<String, Object>> patch() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        putUnlessEmpty(metadata, "labels", labels());
        putUnlessEmpty(metadata, "annotations", annotations());
        List<io.fabric8.kubernetes.api.model.Taint> before =
                nonNull(node.getSpec().getTaints());
        List<io.fabric8.kubernetes.api.model.Taint> after = taints(before);
        if (metadata.isEmpty() && after.equals(before)) {
            return Optional.empty();
        }
        metadata.put("resourceVersion", node.getMetadata().getResourceVersion());
        Map<String, Object> patch = new LinkedHashMap<>(Map.of("metadata", metadata));
        if (!after.equals(before)) {
            patch.put("spec", Map.of("taints", after));
        }
        return Optional.of(patch);
    }

    private Map<String, Object> labels() {
        Map<String, Object> changes = new LinkedHashMap<>();
        Map<String, String> now = nonNull(node.getMetadata().getLabels());
        deed.dropLabels().stream().filter(now::containsKey).forEach(key -> changes.put(key, null));
        for (Label label : deed.labels()) {
            changes.remove(label.key());
            if (!label.value().equals(now.get(label.key()))) {
                changes.put(label.key(), label.value());
            }
        }
        return changes;
    }

    private Map<String, Object> annotations() {
        Map<String, Object> changes = new LinkedHashMap<>();
        Map<String, String> now = nonNull(node.getMetadata().getAnnotations());
        String labels = now.getOrDefault(Bookkeeping.LABELS, "");
        String taints = now.getOrDefault(Bookkeeping.TAINTS, "");
        List<String> labelKeys = deed.labels().stream().map(Label::key).toList();
        List<String> taintKeys = deed.taints().stream().map(Taint::key).toList();
        note(changes, now, Bookkeeping.LABELS, Bookkeeping.after(labels, deed.dropLabels(), labelKeys));
        note(changes, now, Bookkeeping.TAINTS, Bookkeeping.after(taints, deed.dropTaints(), taintKeys));
        return changes;
    }

    private static void note(Map<String, Object> changes, Map<String, String> now, String key, String value) {
        String wanted = value.isEmpty() ? null : value;
        if (!Objects.equals(wanted, now.get(key))) {
            changes.put(key, wanted);
        }
    }

    /** A taint is known by key and effect. Order is kept, as a change of order alone would be a change. */
    private List<io.fabric8.kubernetes.api.model.Taint> taints(List<io.fabric8.kubernetes.api.model.Taint> before) {
        List<io.fabric8.kubernetes.api.model.Taint> after = new ArrayList<>(before);
        after.removeIf(taint ->
                deed.dropTaints().contains(taint.getKey()) && wanted(taint).isEmpty());
        for (Taint taint : deed.taints()) {
            if (after.stream().noneMatch(there -> isSame(there, taint))) {
                after.removeIf(there -> isSameKind(there, taint));
                after.add(taint(taint));
            }
        }
        return after;
    }

    private Optional<Taint> wanted(io.fabric8.kubernetes.api.model.Taint there) {
        return deed.taints().stream().filter(taint -> isSame(there, taint)).findFirst();
    }

    private static boolean isSame(io.fabric8.kubernetes.api.model.Taint there, Taint taint) {
        return isSameKind(there, taint) && taint.value().equals(Objects.requireNonNullElse(there.getValue(), ""));
    }

    private static boolean isSameKind(io.fabric8.kubernetes.api.model.Taint there, Taint taint) {
        return taint.key().equals(there.getKey()) && taint.effect().name().equals(there.getEffect());
    }

    private static io.fabric8.kubernetes.api.model.Taint taint(Taint taint) {
        return new TaintBuilder()
                .withKey(taint.key())
                .withValue(taint.value().isEmpty() ? null : taint.value())
                .withEffect(taint.effect().name())
                .build();
    }

    private static void putUnlessEmpty(Map<String, Object> into, String key, Map<String, Object> changes) {
        if (!changes.isEmpty()) {
            into.put(key, changes);
        }
    }

    private static <T> List<T> nonNull(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> nonNull(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
