package homelab.resource;

import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Taint;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The labels and taints of a Node are those of the inventory; what others have set on it stays. */
public record NodeSettings(NodeName node, List<Label> labels, List<Taint> taints) implements Resource, OfNode {

    public NodeSettings {
        labels = List.copyOf(labels);
        taints = List.copyOf(taints);
    }

    @Override
    public String id() {
        return "labels and taints of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(NodeList.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(NodeList.PROBE), this::judgedIn);
    }

    private Status judgedIn(NodeList list) {
        return list.node(node)
                .map(this::judged)
                .orElseGet(() -> new Status.Waits(node + " is in the cluster", Worst.CHANGE));
    }

    private Status judged(NodeView is) {
        List<Change> changes = new ArrayList<>();
        labels.forEach(label -> compare(
                changes, "label " + label.key(), is.labels().getOrDefault(label.key(), "absent"), label.value()));
        less(is.ours(NodeView.OUR_LABELS), labelKeys()).stream()
                .filter(is.labels()::containsKey)
                .forEach(key -> compare(changes, "label " + key, is.labels().getOrDefault(key, ""), "absent"));
        taintKeys()
                .forEach(key -> compare(changes, "taint " + key, is.taint(key).orElse("absent"), wanted(key)));
        less(is.ours(NodeView.OUR_TAINTS), taintKeys())
                .forEach(key -> compare(changes, "taint " + key, is.taint(key).orElse("absent"), "absent"));
        remember(changes, is, NodeView.OUR_LABELS, labelKeys());
        remember(changes, is, NodeView.OUR_TAINTS, taintKeys());
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    private void compare(List<Change> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(what + " of " + node, before, after));
        }
    }

    private void remember(List<Change> changes, NodeView is, String annotation, Set<String> keys) {
        String before = String.join(",", is.ours(annotation));
        String after = String.join(",", keys);
        if (!before.equals(after)) {
            changes.add(new Change("annotation " + annotation + " of " + node, orAbsent(before), orAbsent(after)));
        }
    }

    private static String orAbsent(String text) {
        return text.isEmpty() ? "absent" : text;
    }

    private String wanted(String key) {
        return NodeView.text(
                taints.stream().filter(taint -> taint.key().equals(key)).toList());
    }

    private Set<String> labelKeys() {
        return labels.stream().map(Label::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> taintKeys() {
        return taints.stream().map(Taint::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> less(Set<String> all, Set<String> others) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(others);
        return left;
    }

    /** Which keys are to be dropped is known where it is done: the Node's own annotations say what was ours. */
    @Override
    public Deed deed() {
        return new Deed.PatchNode(node, labels, Set.of(), taints, Set.of());
    }
}
