package homelab.resource.helm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose an object is, by what its makers write on it: Helm its release, k3s its manifest, Argo CD its Application,
 * a controller itself. What none of them claims was applied by somebody, with the program that its fields name.
 *
 * @param who for people
 * @param adoptable whether it may be taken over: of another's release or Application it would come back
 */
record Ownership(String who, boolean adoptable) {

    /** Empty when it belongs to this very release. */
    static Optional<Ownership> of(Map<String, Object> object, String namespace, String release) {
        Map<String, Object> notes = Trees.map(object, "metadata", "annotations");
        String name = Trees.word(notes, "meta.helm.sh/release-name");
        String where = Trees.word(notes, "meta.helm.sh/release-namespace");
        boolean helm = Trees.word(object, "metadata", "labels", "app.kubernetes.io/managed-by")
                .equals("Helm");
        if (helm && name.equals(release) && where.equals(namespace)) {
            return Optional.empty();
        } else if (helm && !name.isEmpty()) {
            return Optional.of(new Ownership("release " + where + "/" + name, false));
        }
        String tracked = Trees.word(notes, "argocd.argoproj.io/tracking-id");
        if (!tracked.isEmpty()) {
            return Optional.of(new Ownership("Application " + tracked.replaceFirst(":.*", "") + " of Argo CD", false));
        }
        String addon = Trees.word(notes, "objectset.rio.cattle.io/owner-name");
        if (!addon.isEmpty()) {
            return Optional.of(new Ownership("manifest " + addon + " of k3s", false));
        }
        List<?> owners = Trees.list(object, "metadata", "ownerReferences");
        if (!owners.isEmpty()) {
            Object first = owners.get(0);
            return Optional.of(new Ownership(Trees.word(first, "kind") + " " + Trees.word(first, "name"), false));
        }
        boolean applied = notes.containsKey("kubectl.kubernetes.io/last-applied-configuration");
        return Optional.of(new Ownership(applied ? "no release (kubectl apply)" : "no release", true));
    }
}
