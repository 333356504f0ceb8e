package homelab.report;

import homelab.plan.Finding;
import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.resource.Change;
import homelab.resource.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as JSON, schema {@code homelab/plan/v1}: the same data as the text, with every step. */
public final class PlanJson {

    private PlanJson() {}

    public static String of(Plan plan) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cluster", plan.cluster());
        content.put("empty", plan.isEmpty());
        plan.worst().ifPresent(worst -> content.put("worst", worst.word()));
        content.put("findings", plan.findings().stream().map(PlanJson::finding).toList());
        content.put("steps", plan.steps().stream().map(PlanJson::step).toList());
        return Json.document("plan/v1", content);
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("severity", finding.severity().word());
        told.put("what", finding.problem().what());
        told.put("why", finding.problem().why());
        told.put("fix", finding.problem().fix());
        return told;
    }

    private static Map<String, Object> step(Planned planned) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("phase", planned.step().phase());
        step.put("target", planned.step().target().toString());
        step.put("id", planned.step().resource().id());
        step.putAll(status(planned.status()));
        if (!planned.kept().isEmpty()) {
            step.put("kept", planned.kept());
        }
        return step;
    }

    private static Map<String, Object> status(Status status) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (status instanceof Status.Drift drift) {
            told.put("status", "drift");
            told.put("worst", drift.worst().word());
            told.put("changes", changes(drift.changes()));
        } else if (status instanceof Status.Waits waits) {
            told.put("status", "waits");
            told.put("worst", waits.worst().word());
            told.put("until", waits.until());
        } else if (status instanceof Status.Refused refused) {
            told.put("status", "refused");
            told.put("what", refused.problem().what());
            told.put("why", refused.problem().why());
            told.put("fix", refused.problem().fix());
        } else if (status instanceof Status.NotHere notHere) {
            told.put("status", "not-here");
            told.put("why", notHere.why());
        } else if (status instanceof Status.Unknown unknown) {
            told.put("status", "unknown");
            told.put("why", unknown.why());
        } else {
            told.put("status", "same");
        }
        return told;
    }

    static List<Map<String, String>> changes(List<Change> changes) {
        return changes.stream()
                .map(change -> Map.of("what", change.what(), "before", change.before(), "after", change.after()))
                .toList();
    }
}
