package homelab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Past runs for people and scripts. */
public final class RunsText {
    private RunsText() {}

    /** One line a run. */
    public static String table(List<PastRun> runs, Terminal terminal) {
        Table table = new Table(terminal, "RUN", "VERB", "SECONDS", "CHANGES", "FAILED", "ENDED");
        for (PastRun run : runs) {
            table.row(List.of(
                    run.id(),
                    run.verb(),
                    String.valueOf(seconds(run)),
                    String.valueOf(run.count("done")),
                    String.valueOf(run.count("failed")),
                    outcome(run)));
        }
        return table.text();
    }

    private static long seconds(PastRun run) {
        return run.began().isEmpty()
                ? 0
                : Duration.between(Instant.parse(run.began()), Instant.parse(run.ended()))
                        .toSeconds();
    }

    private static String outcome(PastRun run) {
        return run.exit().isPresent() ? "exit " + run.exit().getAsInt() : "no end: killed, or at work";
    }

    /** What one run did, a line each; a step that failed with its reason. */
    public static String story(PastRun run) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : run.lines()) {
            text.append(line.path("at").asText(), 11, 19)
                    .append(' ')
                    .append(Safe.line(words(line)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String words(JsonNode line) {
        return switch (line.path("event").asText()) {
            case "done" ->
                "done    " + line.path("step").asText() + changes(line.path("changes"))
                        + String.format(" (%.1f s)", line.path("ms").asLong() / 1000.0);
            case "failed" ->
                "failed  " + line.path("what").asText() + ": "
                        + line.path("why").asText();
            case "asked" ->
                "asked   " + line.path("node").asText() + ": "
                        + line.path("what").asText() + ", "
                        + line.path("outcome").asText();
            case "end" -> "end     exit " + line.path("exit").asText();
            default -> "note    " + line.path("text").asText();
        };
    }

    private static String changes(JsonNode changes) {
        List<String> told = new ArrayList<>();
        changes.forEach(change -> told.add(change.path("what").asText() + " "
                + change.path("before").asText() + " -> " + change.path("after").asText()));
        return told.isEmpty() ? "" : ": " + String.join("; ", told);
    }

    public static String json(List<PastRun> runs) {
        return Json.document(
                "runs/v1", Map.of("runs", runs.stream().map(RunsText::summary).toList()));
    }

    private static Map<String, Object> summary(PastRun run) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("id", run.id());
        summary.put("verb", run.verb());
        summary.put("began", run.began());
        summary.put("ended", run.ended());
        summary.put("changes", run.count("done"));
        summary.put("failed", run.count("failed"));
        run.exit().ifPresent(exit -> summary.put("exit", exit));
        return summary;
    }

    /** With every line of its journal. */
    public static String json(PastRun run) {
        Map<String, Object> whole = summary(run);
        ObjectMapper mapper = new ObjectMapper();
        whole.put(
                "lines",
                run.lines().stream()
                        .map(line -> mapper.convertValue(line, Map.class))
                        .toList());
        return Json.document("run/v1", whole);
    }
}
