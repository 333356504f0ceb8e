package homelab.resource.helm;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where the API keeps objects of Kubernetes' own kinds; what others define it is asked for. */
final class Kinds {
    private static final Set<String> GROUPS = Set.of(
            "",
            "apps",
            "batch",
            "autoscaling",
            "policy",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "networking.k8s.io",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io",
            "admissionregistration.k8s.io",
            "coordination.k8s.io",
            "node.k8s.io");
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "CustomResourceDefinition",
            "APIService",
            "IngressClass",
            "ClusterRole",
            "ClusterRoleBinding",
            "PriorityClass",
            "StorageClass",
            "CSIDriver",
            "CSINode",
            "VolumeAttachment",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "RuntimeClass");
    private static final Map<String, String> ODD = Map.of("Endpoints", "endpoints");

    private Kinds() {}

    /** Whether Kubernetes itself defines it. */
    static boolean own(Item item) {
        return GROUPS.contains(item.group());
    }

    /** Of Kubernetes' own kinds; others count as belonging to a namespace. */
    static boolean clusterWide(Item item) {
        return own(item) && CLUSTER_WIDE.contains(item.kind());
    }

    /** "deployments"; Kubernetes' own kinds all follow the rules of English. */
    static String plural(String kind) {
        String word = kind.toLowerCase(Locale.ROOT);
        if (ODD.containsKey(kind)) {
            return ODD.getOrDefault(kind, word);
        } else if (word.endsWith("s") || word.endsWith("x")) {
            return word + "es";
        }
        return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    /** {@code /apis/apps/v1} */
    static String root(Item item) {
        return (item.group().isEmpty() ? "/api/" : "/apis/") + item.apiVersion();
    }

    static String path(Item item) {
        String scope = clusterWide(item) ? "" : "/namespaces/" + item.namespace();
        return root(item) + scope + "/" + plural(item.kind()) + "/" + item.name();
    }

    /** Groups and versions that others define, as far as these objects go. */
    static Set<String> foreign(Iterable<Item> items) {
        Set<String> roots = new HashSet<>();
        items.forEach(item -> {
            if (!own(item)) {
                roots.add(root(item));
            }
        });
        return roots;
    }
}
