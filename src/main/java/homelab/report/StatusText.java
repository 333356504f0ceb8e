package homelab.report;

import homelab.check.Condition;
import homelab.check.StatusReport;
import homelab.check.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The nodes, then what is not as it should be, worst first, then one sentence. */
public final class StatusText {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Terminal terminal;

    public StatusText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param all also the conditions that are true; @param again on a terminal, over what is there */
    public String of(StatusReport report, boolean all, boolean again) {
        StringBuilder text = new StringBuilder(again && terminal.live() ? CLEAR : "");
        Table table = new Table(terminal, "NODE", "ROLE", "READY", "VERSION", "AGE");
        report.nodes().forEach(node -> table.row(row(node)));
        text.append(table.text());
        wrong(report).forEach((cause, conditions) -> append(text, cause, conditions));
        if (all) {
            fine(report)
                    .forEach(condition -> text.append(
                            mark(condition.verdict()) + " " + condition.name() + " " + condition.subject() + "\n"));
        }
        String verdict = String.join("\n", Fold.lines(Safe.line(report.verdict()), terminal.width()));
        return text.append(verdict).append('\n').toString();
    }

    /** What several conditions have in common is told once: without an API, none that it answers can be judged. */
    private record Cause(Verdict verdict, String why, String fix) {}

    private static Map<Cause, List<Condition>> wrong(StatusReport report) {
        return report.conditions().stream()
                .filter(condition -> condition.verdict() != Verdict.TRUE)
                .sorted(Comparator.comparing(condition -> rank(condition.verdict())))
                .collect(Collectors.groupingBy(
                        condition -> new Cause(condition.verdict(), condition.why(), condition.fix()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static List<Condition> fine(StatusReport report) {
        return report.conditions().stream()
                .filter(condition -> condition.verdict() == Verdict.TRUE)
                .toList();
    }

    private static List<String> row(StatusReport.NodeLine node) {
        return List.of(
                node.name() + (node.inInventory() ? "" : " (not in the inventory)"),
                node.role().word(),
                word(node.ready()),
                node.version().orElse("-"),
                node.age().map(StatusText::age).orElse("-"));
    }

    private void append(StringBuilder text, Cause cause, List<Condition> conditions) {
        Map<Condition.Name, List<String>> subjects = conditions.stream()
                .collect(Collectors.groupingBy(
                        Condition::name,
                        LinkedHashMap::new,
                        Collectors.mapping(Condition::subject, Collectors.toList())));
        String head = subjects.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
        text.append(mark(cause.verdict())).append(' ');
        text.append(String.join("\n  ", Fold.lines(head, terminal.width() - 2))).append('\n');
        part(text, "why", cause.why());
        part(text, "fix", cause.fix());
    }

    private void part(StringBuilder text, String name, String body) {
        if (body.isBlank()) {
            return;
        }
        int width = terminal.width() == Integer.MAX_VALUE ? terminal.width() : terminal.width() - 9;
        String lead = "    " + name + "  ";
        for (String line : Fold.lines(Safe.text(body), width)) {
            text.append(lead).append(line).append('\n');
            lead = "         ";
        }
    }

    private String mark(Verdict verdict) {
        return switch (verdict) {
            case TRUE -> terminal.green(terminal.tick());
            case FALSE -> terminal.red(terminal.cross());
            case UNKNOWN -> terminal.yellow("?");
        };
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case FALSE -> 0;
            case UNKNOWN -> 1;
            case TRUE -> 2;
        };
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case TRUE -> "yes";
            case FALSE -> "no";
            case UNKNOWN -> "?";
        };
    }

    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + "d";
        }
        return age.toHours() > 1 ? age.toHours() + "h" : Math.max(0, age.toMinutes()) + "m";
    }

    /** Schema {@code homelab/status/v1}. */
    public static String json(StatusReport report) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cluster", report.cluster());
        content.put("at", report.at().toString());
        content.put("verdict", report.verdict());
        content.put("worst", report.worst().name());
        content.put("nodes", report.nodes().stream().map(RecordTree::fields).toList());
        content.put(
                "conditions",
                report.conditions().stream().map(RecordTree::fields).toList());
        return Json.document("status/v1", content);
    }
}
