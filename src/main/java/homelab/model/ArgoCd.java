package homelab.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Argo CD is told beside the values of its chart.
 *
 * @param adminPassword where the password of its user {@code admin} comes from; else Argo CD makes one itself
 * @param ingress the host name under which it is reached from outside; else it is not
 * @param gitops what it brings into the cluster
 */
public record ArgoCd(Optional<SecretSource> adminPassword, Optional<String> ingress, Optional<Gitops> gitops) {
    public static final ArgoCd NONE = new ArgoCd(Optional.empty(), Optional.empty(), Optional.empty());

    /** The name of its Helm release. */
    public static final String RELEASE = "argo-cd";

    /** By which Argo CD deletes what an Application manages before the Application itself goes. */
    public static final String CASCADE = "resources-finalizer.argocd.argoproj.io";

    // Names end so in the chart and in Argo CD's own manifests, whatever the release is called.
    private static final List<String> PROGRAMS = List.of(
            "application-controller", "applicationset-controller", "repo-server", "argocd-server", "argocd-redis");
    private static final Set<String> RUN = Set.of("Deployment", "StatefulSet", "DaemonSet");

    /**
     * Whether an object is Argo CD itself: without it nobody is left who could bring it back.
     *
     * @param home the namespace of Argo CD
     * @param namespace of the object; empty for what is in none
     */
    public static boolean isPart(String home, String kind, String namespace, String name) {
        return switch (kind) {
            case "CustomResourceDefinition" -> name.endsWith(".argoproj.io");
            case "Namespace" -> name.equals(home);
            default ->
                namespace.equals(home)
                        && RUN.contains(kind)
                        && PROGRAMS.stream().anyMatch(name::endsWith);
        };
    }
}
