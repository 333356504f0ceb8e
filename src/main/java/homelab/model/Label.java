package homelab.model;

import java.util.Set;

/** A Kubernetes label: a key of the form {@code [prefix/]name} and a value of at most 63 characters. */
public record Label(String key, String value) {
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String PART = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String PREFIX = PART + "(\\." + PART + ")*";

    /**
     * The labels with a Kubernetes prefix that a kubelet may set (kubelet/apis/well_known_labels.go), without the host
     * name, OS and architecture: those it writes itself and would write over ours.
     */
    private static final Set<String> KUBELET_MAY = Set.of(
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "beta.kubernetes.io/instance-type");

    public Label {
        if (!isKey(key)) {
            throw new IllegalArgumentException("'" + key + "' is not a label key ([prefix/]name)");
        }
        if (!value.isEmpty() && !value.matches(NAME)) {
            throw new IllegalArgumentException("'" + value + "' is not a label value (63 of A-Za-z0-9 - _ .)");
        }
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return key.substring(slash + 1).matches(NAME) && (slash < 0 || isPrefix(key.substring(0, slash)));
    }

    private static boolean isPrefix(String prefix) {
        return prefix.length() <= 253 && prefix.matches(PREFIX);
    }

    /** Whether the kubelet refuses to give this label to its own node, and k3s therefore does not start with it. */
    public boolean refusedByKubelet() {
        String prefix = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
        boolean reserved = under(prefix, "kubernetes.io") || under(prefix, "k8s.io");
        boolean open = under(prefix, "kubelet.kubernetes.io") || under(prefix, "node.kubernetes.io");
        return reserved && !open && !KUBELET_MAY.contains(key);
    }

    private static boolean under(String prefix, String domain) {
        return prefix.equals(domain) || prefix.endsWith("." + domain);
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
