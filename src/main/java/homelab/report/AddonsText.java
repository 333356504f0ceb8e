package homelab.report;

import homelab.model.ChartRelease;
import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.resource.Change;
import homelab.resource.Status;
import java.util.List;
import java.util.stream.Collectors;

/** Releases, one a line, with how they stand. */
public final class AddonsText {
    private final Terminal terminal;

    public AddonsText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param plan holds steps named "release NAMESPACE/NAME" and "workloads of NAMESPACE/NAME" */
    public String of(List<ChartRelease> releases, Plan plan) {
        Table table = new Table(terminal, "NAME", "NAMESPACE", "CHART", "STATE");
        releases.forEach(release -> table.row(List.of(
                release.name(),
                release.namespace(),
                release.chart().name() + " " + release.chart().version(),
                state(release, plan))));
        return releases.isEmpty() ? "the inventory names no releases\n" : table.text();
    }

    private static String state(ChartRelease release, Plan plan) {
        return plan.steps().stream()
                .filter(planned -> isOf(release, planned))
                .map(planned -> told(planned.status()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("as it should be");
    }

    private static boolean isOf(ChartRelease release, Planned planned) {
        String id = planned.step().resource().id();
        return id.equals("release " + release.title()) || id.equals("workloads of " + release.title());
    }

    private static String told(Status status) {
        if (status instanceof Status.Drift drift) {
            return drift.changes().stream().map(AddonsText::told).collect(Collectors.joining("; "));
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
