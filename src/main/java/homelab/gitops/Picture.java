package homelab.gitops;

import homelab.gitops.ArgoCache.Compared;
import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was read, to be judged.
 *
 * @param at when
 * @param argo the namespace of Argo CD, as far as its Redis shows it
 * @param compared Argo CD's last comparisons, by its own names of the Applications
 * @param git what the repositories hold now; empty when they were not asked
 */
public record Picture(
        Instant at,
        List<Application> applications,
        Live live,
        Optional<String> argo,
        Reading<Map<String, Map<Id, Compared>>> compared,
        Map<GitAsk.Place, Reading<GitAsk.Seen>> git) {

    /** The Applications of an answer of the API. */
    public static List<Application> applications(String json) {
        return ApplicationJson.list(json);
    }

    /** Argo CD's last comparison of an Application; why there is none. */
    public Reading<Map<Id, Compared>> comparison(Application application) {
        if (compared instanceof Reading.Unknown<Map<String, Map<Id, Compared>>> unknown) {
            return new Reading.Unknown<>(unknown.why());
        }
        Map<Id, Compared> found = compared.known().orElse(Map.of()).get(key(application));
        return found == null ? new Reading.Unknown<>("Argo CD keeps no comparison of it") : new Reading.Known<>(found);
    }

    private String key(Application application) {
        boolean elsewhere = argo.isPresent() && !argo.get().equals(application.namespace());
        return elsewhere ? application.namespace() + "_" + application.name() : application.name();
    }
}
