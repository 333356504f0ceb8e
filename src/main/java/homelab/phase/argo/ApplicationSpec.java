package homelab.phase.argo;

import homelab.model.Gitops;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an Application of the inventory says (argoproj.io/v1alpha1, spec). */
final class ApplicationSpec {
    private ApplicationSpec() {}

    /** @param home the namespace of Argo CD, where the Applications are that it brings */
    static Map<String, Object> of(Gitops gitops, Gitops.Entry entry, String home) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("project", gitops.project());
        spec.put(
                "source", ordered("repoURL", gitops.repo(), "path", entry.path(), "targetRevision", gitops.revision()));
        spec.put("destination", ordered("server", "https://kubernetes.default.svc", "namespace", home));
        Map<String, Object> sync = new LinkedHashMap<>();
        sync.put("automated", automated(entry));
        // What one of the first Applications defines, the next may use: a first try may well come too early.
        sync.put(
                "retry",
                ordered("limit", 5, "backoff", ordered("duration", "10s", "factor", 2, "maxDuration", "3m0s")));
        spec.put("syncPolicy", sync);
        return spec;
    }

    /** Argo CD takes away what is false; that the section is there makes it sync by itself. */
    private static Map<String, Object> automated(Gitops.Entry entry) {
        Map<String, Object> automated = new LinkedHashMap<>();
        if (entry.prune()) {
            automated.put("prune", true);
        }
        if (entry.selfHeal()) {
            automated.put("selfHeal", true);
        }
        return automated;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
