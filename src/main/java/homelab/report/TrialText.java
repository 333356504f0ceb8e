package homelab.report;

import homelab.storage.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a volume's test with their times. */
public final class TrialText {
    private TrialText() {}

    public static String of(Trial trial, Terminal terminal) {
        Table table = new Table(terminal, "STEP", "NODE", "SECONDS");
        trial.done().forEach(step -> table.row(List.of(step.name(), step.node(), String.valueOf(step.seconds()))));
        return trial.done().isEmpty() ? "" : table.text();
    }

    public static String json(Trial trial) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(
                "steps",
                trial.done().stream()
                        .map(step -> Map.of("name", step.name(), "node", step.node(), "seconds", step.seconds()))
                        .toList());
        trial.stuck()
                .ifPresent(stuck ->
                        content.put("stuck", Map.of("what", stuck.what(), "why", stuck.why(), "fix", stuck.fix())));
        return Json.document("storage-test/v1", content);
    }
}
