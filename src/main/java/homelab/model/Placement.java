package homelab.model;

import java.util.List;
import java.util.Map;

/**
 * Where pods are to run. homelab does not move them: doctor says where they are elsewhere.
 *
 * @param namespace of the pods
 * @param pods which of its pods
 * @param nodes those on which they are to run; at least one
 * @param required whether they rather wait than run elsewhere; else they run elsewhere while these nodes are away
 */
public record Placement(String namespace, Pods pods, List<NodeName> nodes, boolean required) {

    /** Which pods of a namespace. */
    public sealed interface Pods {}

    /** @param workload that made them, by its name: of a Deployment, a StatefulSet */
    public record Of(String workload) implements Pods {
        @Override
        public String toString() {
            return workload;
        }
    }

    /** Those that carry it. */
    public record Labelled(Label label) implements Pods {
        @Override
        public String toString() {
            return label.toString();
        }
    }

    /** What stands before the first '/' and behind it. */
    public record Chosen(String namespace, Pods pods) {

        /** @throws IllegalArgumentException when the text is neither NAMESPACE/WORKLOAD nor NAMESPACE/KEY=VALUE */
        public static Chosen parse(String text) {
            int slash = text.indexOf('/');
            String namespace = text.substring(0, Math.max(0, slash));
            String rest = text.substring(slash + 1);
            if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                throw new IllegalArgumentException("'" + text + "' does not begin with a namespace and '/'");
            }
            int equals = rest.indexOf('=');
            if (equals >= 0) {
                Label label = new Label(rest.substring(0, equals), rest.substring(equals + 1));
                return new Chosen(namespace, new Labelled(label));
            }
            if (!rest.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
                throw new IllegalArgumentException("'" + rest + "' is neither a workload's name nor KEY=VALUE");
            }
            return new Chosen(namespace, new Of(rest));
        }
    }

    public Placement {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("there is no node to run on");
        }
    }

    /** @param workload the name of what made the pod */
    public boolean covers(String itsNamespace, String workload, Map<String, String> labels) {
        if (!namespace.equals(itsNamespace)) {
            return false;
        }
        return pods instanceof Labelled labelled
                ? labelled.label().value().equals(labels.get(labelled.label().key()))
                : pods.equals(new Of(workload));
    }

    /** As the inventory has it. */
    public String subject() {
        return namespace + "/" + pods;
    }
}
