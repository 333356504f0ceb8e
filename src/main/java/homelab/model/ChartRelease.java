package homelab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Helm release that should be in the cluster.
 *
 * @param name of the release, at most 53 characters as Helm has it
 * @param values what the chart is told, in the order of the file; String, Boolean, numbers, List and Map of these, and
 *     never a secret
 * @param secrets by name of a Kubernetes Secret in the namespace: key to where its value comes from
 * @param images archives of container images that the nodes are to hold
 */
public record ChartRelease(
        String name,
        Chart chart,
        String namespace,
        Map<String, Object> values,
        Map<String, Map<String, SecretSource>> secrets,
        List<Path> images) {

    public ChartRelease {
        requireName(name);
        values = Ordered.copy(values);
        secrets = Ordered.copy(secrets);
        images = List.copyOf(images);
    }

    /** @throws IllegalArgumentException when Helm would not take it as the name of a release */
    public static String requireName(String name) {
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + name + "' is not 1 to 53 of a-z, 0-9 and '-'");
        }
        return name;
    }

    /** The same with other values. */
    public ChartRelease with(Map<String, Object> others) {
        return new ChartRelease(name, chart, namespace, others, secrets, images);
    }

    /** For people, and unique in a cluster. */
    public String title() {
        return namespace + "/" + name;
    }
}
