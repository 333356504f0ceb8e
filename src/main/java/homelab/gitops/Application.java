package homelab.gitops;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Application of Argo CD, as the API has it.
 *
 * @param sync Argo CD's word: Synced, OutOfSync, Unknown; empty before the first comparison
 * @param revisions what was compared, one of each source
 * @param reconciled when Argo CD last looked
 * @param synced when the last sync that went well ended
 * @param complaints its conditions, each as {@code Type: message}
 * @param automated whether it syncs by itself; @param selfHeal whether it also takes back what others change
 * @param byHand whether nothing in Git makes this object: somebody applied it
 * @param finalizers those that delete what it manages when it is deleted
 * @param deleting since when it is being deleted
 * @param spec as JSON text, to be compared with its file in Git
 */
public record Application(
        String namespace,
        String name,
        List<Source> sources,
        String sync,
        List<String> revisions,
        String health,
        Optional<Instant> reconciled,
        Optional<Instant> synced,
        List<String> complaints,
        Optional<Operation> operation,
        boolean automated,
        boolean selfHeal,
        boolean byHand,
        List<String> finalizers,
        Optional<Instant> deleting,
        Map<String, String> annotations,
        List<Ignored> ignored,
        List<Managed> managed,
        String spec) {

    /** @param place a path in the repository, or the chart's name; @param inline whether it holds values of its own */
    public record Source(String repository, String place, boolean chart, String revision, boolean inline) {
        /** The address without what may be a password. */
        public String shown() {
            return repository.replaceFirst("://[^/@]*@", "://***@");
        }
    }

    /** A sync that is going on or was the last one. @param running whether it is going on */
    public record Operation(String phase, String message, Optional<Instant> started, boolean running) {}

    /** What the Application says is not to be compared. @param by paths, queries and managers, as written */
    public record Ignored(String group, String kind, String namespace, String name, List<String> by) {
        boolean covers(Id id) {
            return either(group, id.group())
                    && either(kind, id.kind())
                    && either(namespace, id.namespace())
                    && either(name, id.name());
        }

        private static boolean either(String wanted, String is) {
            return wanted.isEmpty() || wanted.equals("*") || wanted.equals(is);
        }
    }

    /** @param sync Argo CD's word for it; @param prune whether Git no longer has it */
    public record Managed(Id id, String sync, String health, boolean prune) {}

    public Application {
        sources = List.copyOf(sources);
        revisions = List.copyOf(revisions);
        complaints = List.copyOf(complaints);
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
        ignored = List.copyOf(ignored);
        managed = List.copyOf(managed);
    }

    public boolean isSynced() {
        return sync.equals("Synced");
    }

    /** As findings name it. */
    String subject() {
        return "Application " + name;
    }

    /** Whether deleting it deletes what it manages. */
    public boolean cascades() {
        return !finalizers.isEmpty();
    }
}
