package homelab.kube;

import homelab.model.Taint;
import java.util.List;
import java.util.Map;

/**
 * A Node of the cluster.
 *
 * @param ready whether its condition Ready is True
 * @param version the kubelet's, e.g. {@code v1.33.4+k3s1}
 * @param taints those with the effects that Kubernetes has today
 */
public record KubeNode(
        String name,
        boolean ready,
        String version,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Taint> taints) {

    public KubeNode {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        taints = List.copyOf(taints);
    }
}
