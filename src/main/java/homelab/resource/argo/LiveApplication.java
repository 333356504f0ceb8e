package homelab.resource.argo;

import homelab.model.ArgoCd;
import homelab.resource.helm.ClusterLook;
import homelab.resource.helm.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An Application as the API has it. Fields and marks: argoproj.io/v1alpha1 of Argo CD v2.14. */
record LiveApplication(Object tree) {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String WAVE = "argocd.argoproj.io/sync-wave";

    private static final int SHOWN = 8;
    private static final String TRACKED_BY = "argocd.argoproj.io/tracking-id";
    private static final List<String> LABELLED_BY =
            List.of("argocd.argoproj.io/instance", "app.kubernetes.io/instance");
    /** The same as {@link #parent} looks at, for kubectl's jsonpath. */
    static final String MARKS_OF_A_PARENT = "{.metadata.ownerReferences}"
            + "{.metadata.annotations.argocd\\.argoproj\\.io/tracking-id}"
            + "{.metadata.labels.argocd\\.argoproj\\.io/instance}{.metadata.labels.app\\.kubernetes\\.io/instance}";

    private static final String PAUSED = "argocd.argoproj.io/skip-reconcile";

    static Stream<LiveApplication> all(ClusterLook cluster) {
        return cluster.applications().stream().flatMap(List::stream).map(LiveApplication::new);
    }

    static Optional<LiveApplication> find(ClusterLook cluster, String namespace, String name) {
        return all(cluster)
                .filter(one -> one.name().equals(name) && one.namespace().equals(namespace))
                .findFirst();
    }

    String name() {
        return Trees.word(tree, "metadata", "name");
    }

    String namespace() {
        return Trees.word(tree, "metadata", "namespace");
    }

    /** Without what is false, which Argo CD takes away sooner or later. */
    Map<String, Object> spec() {
        Map<String, Object> spec = Trees.map(tree, "spec");
        if (Trees.at(spec, "syncPolicy", "automated").isPresent()) {
            Map<String, Object> sync = Trees.map(spec, "syncPolicy");
            Map<String, Object> automated = Trees.map(sync, "automated");
            automated.keySet().removeIf(key -> !key.equals("enabled") && Boolean.FALSE.equals(automated.get(key)));
            sync.put("automated", automated);
            spec.put("syncPolicy", sync);
        }
        return spec;
    }

    String word(String... path) {
        return Trees.word(tree, path);
    }

    boolean ours() {
        return "homelab".equals(Trees.map(tree, "metadata", "labels").get(MANAGED_BY));
    }

    String wave() {
        return String.valueOf(Trees.map(tree, "metadata", "annotations").getOrDefault(WAVE, "absent"));
    }

    boolean paused() {
        return "true".equals(Trees.map(tree, "metadata", "annotations").get(PAUSED));
    }

    /** Whether deleting it deletes what it manages; in the background too. */
    boolean cascades() {
        return Trees.list(tree, "metadata", "finalizers").stream()
                .anyMatch(finalizer -> String.valueOf(finalizer).startsWith(ArgoCd.CASCADE));
    }

    boolean deleting() {
        return Trees.at(tree, "metadata", "deletionTimestamp").isPresent();
    }

    /** The Application that brings this one from Git, or the ApplicationSet that makes it. */
    Optional<String> parent() {
        String tracking =
                String.valueOf(Trees.map(tree, "metadata", "annotations").getOrDefault(TRACKED_BY, ""));
        return Trees.list(tree, "metadata", "ownerReferences").stream()
                .map(owner -> Trees.word(owner, "kind") + " " + Trees.word(owner, "name"))
                .findFirst()
                .or(() -> Optional.of(tracking)
                        .filter(text -> text.contains(":"))
                        .map(text -> "Application " + text.substring(0, text.indexOf(':'))))
                .or(() -> LABELLED_BY.stream()
                        .flatMap(
                                label -> Optional.ofNullable(
                                        Trees.map(tree, "metadata", "labels").get(label))
                                        .stream())
                        .map(name -> "Application " + name)
                        .findFirst());
    }

    /** What it manages, "Deployment web/web, ... and 3 more". */
    String children() {
        List<String> titles = managed().map(LiveApplication::title).toList();
        String more = titles.size() > SHOWN ? " and " + (titles.size() - SHOWN) + " more" : "";
        return titles.isEmpty() ? "nothing yet" : titles.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }

    /** What of it is Argo CD itself. */
    List<String> partsOfArgo(String home) {
        return managed()
                .filter(one -> ArgoCd.isPart(
                        home, Trees.word(one, "kind"), Trees.word(one, "namespace"), Trees.word(one, "name")))
                .map(LiveApplication::title)
                .toList();
    }

    private Stream<?> managed() {
        return Trees.list(tree, "status", "resources").stream();
    }

    private static String title(Object one) {
        String namespace = Trees.word(one, "namespace");
        return Trees.word(one, "kind") + " " + (namespace.isEmpty() ? "" : namespace + "/") + Trees.word(one, "name");
    }

    /** Takes the finalizer away; what the Application manages stays then. */
    String unfinalize() {
        return "kubectl -n " + namespace() + " patch application " + name()
                + " --type=merge -p '{\"metadata\":{\"finalizers\":null}}'";
    }
}
