package homelab.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules on which nodes something may be: of a pod, of a volume. Any of the terms holds, each with all of its expressions. */
public record NodeTerms(List<Item> terms) {

    public NodeTerms {
        terms = List.copyOf(terms);
    }

    /** What a pod requires; none when it requires nothing. */
    public static NodeTerms ofPod(Item spec) {
        return new NodeTerms(
                spec.items("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"));
    }

    public static NodeTerms ofVolume(Item volume) {
        return new NodeTerms(volume.items("spec.nodeAffinity.required.nodeSelectorTerms"));
    }

    public boolean admit(Item node) {
        return terms.isEmpty() || terms.stream().anyMatch(term -> holds(term, node));
    }

    /** A term without expressions matches no node. */
    private static boolean holds(Item term, Item node) {
        List<Item> labels = term.items("matchExpressions");
        List<Item> fields = term.items("matchFields");
        Map<String, String> named = new HashMap<>(Map.of("metadata.name", node.name()));
        return !(labels.isEmpty() && fields.isEmpty())
                && labels.stream().allMatch(one -> Selector.holds(one, node.map("metadata.labels")))
                && fields.stream().allMatch(one -> Selector.holds(one, named));
    }

    /** For people: {@code disk In ssd}. */
    public String told() {
        return String.join(
                " or ",
                terms.stream()
                        .map(term -> String.join(
                                " and ",
                                java.util.stream.Stream.of("matchExpressions", "matchFields")
                                        .flatMap(path -> term.items(path).stream())
                                        .map(one -> one.text("key") + " " + one.text("operator") + " "
                                                + String.join(",", one.words("values")))
                                        .toList()))
                        .toList());
    }
}
