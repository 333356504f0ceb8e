package homelab.report;

import homelab.model.ChartRelease;
import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.resource.Change;
import homelab.resource.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One add-on in a list.
 *
 * @param what its chart and version, or that k3s brings it along
 * @param steps all that is looked at for it
 */
public record Listed(String name, String namespace, String what, List<Planned> steps) {

    public Listed {
        steps = List.copyOf(steps);
    }

    /** @param plan holds steps named "release NAMESPACE/NAME" and "workloads of NAMESPACE/NAME" */
    public static Listed of(ChartRelease release, Plan plan) {
        List<String> ids = List.of("release " + release.title(), "workloads of " + release.title());
        return new Listed(
                release.name(),
                release.namespace(),
                release.chart().name() + " " + release.chart().version(),
                plan.steps().stream()
                        .filter(planned ->
                                ids.contains(planned.step().resource().id()))
                        .toList());
    }

    /** The first of it that is not as it should be. */
    String state() {
        return steps.stream()
                .map(planned -> told(planned.status()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("as it should be");
    }

    private static String told(Status status) {
        if (status instanceof Status.Drift drift) {
            return drift.changes().stream().map(Listed::told).collect(Collectors.joining("; "));
        } else if (status instanceof Status.Waits waits) {
            return "waits: " + waits.until();
        } else if (status instanceof Status.Refused refused) {
            return refused.problem().what() + ": " + refused.problem().why();
        }
        return status instanceof Status.Unknown unknown ? "could not be looked at: " + unknown.why() : "";
    }

    private static String told(Change change) {
        return change.what() + " is " + change.before();
    }
}
