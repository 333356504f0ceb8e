package homelab.kube;

import homelab.model.Taint;
import io.fabric8.kubernetes.api.model.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Turns the client's Nodes into ours. */
final class Nodes {
    private Nodes() {}

    static KubeNode view(Node node) {
        return new KubeNode(
                node.getMetadata().getName(),
                node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")),
                node.getStatus().getNodeInfo() == null
                        ? ""
                        : node.getStatus().getNodeInfo().getKubeletVersion(),
                node.getMetadata().getLabels(),
                node.getMetadata().getAnnotations(),
                taints(node));
    }

    private static List<Taint> taints(Node node) {
        return node.getSpec().getTaints().stream()
                .filter(taint -> Arrays.stream(Taint.Effect.values())
                        .anyMatch(effect -> effect.name().equals(taint.getEffect())))
                .map(taint -> new Taint(
                        taint.getKey(),
                        Objects.requireNonNullElse(taint.getValue(), ""),
                        Taint.Effect.valueOf(taint.getEffect())))
                .toList();
    }
}
