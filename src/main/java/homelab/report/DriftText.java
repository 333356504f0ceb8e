package homelab.report;

import homelab.gitops.Drift;
import homelab.gitops.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects that are not what Git says, field by field, with who set each. */
public final class DriftText {
    private final Terminal terminal;

    public DriftText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param head what is told of the Application before its objects; @param nothing what is said when none differs */
    public String of(String head, List<Drift> drifts, String nothing) {
        StringBuilder text = new StringBuilder();
        String line = Safe.line(head + (drifts.isEmpty() ? ": " + nothing : ""));
        text.append(String.join("\n  ", Fold.lines(line, terminal.width() - 2))).append('\n');
        drifts.forEach(drift -> object(text, drift));
        return text.toString();
    }

    private void object(StringBuilder text, Drift drift) {
        String what = switch (drift.kind()) {
            case CHANGED -> "";
            case MISSING -> ": in Git, not in the cluster";
            case NOT_IN_GIT -> ": in the cluster, no longer in Git";
        };
        text.append("  ").append(Safe.line(drift.id() + what)).append('\n');
        for (Drift.Line line : drift.lines()) {
            text.append("    ").append(Safe.line(line.field())).append('\n');
            GitopsLines.part(terminal, text, "git", line.git());
            GitopsLines.part(terminal, text, "is", line.is());
            GitopsLines.part(terminal, text, "set by", owners(line.owners()));
            if (!line.ignored().isEmpty()) {
                GitopsLines.part(terminal, text, "ignored", String.join(", ", line.ignored()));
            }
        }
    }

    private static String owners(List<Owner> owners) {
        return owners.stream()
                .map(owner -> owner.manager() + " (" + owner.operation()
                        + owner.time().map(time -> " " + time).orElse("") + ")")
                .collect(Collectors.joining(", "));
    }

    /** @param schema e.g. {@code gitops-drift/v1} */
    public static String json(String schema, Map<String, List<Drift>> applications, Map<String, String> unseen) {
        List<Map<String, Object>> list = new ArrayList<>();
        applications.forEach((name, drifts) -> list.add(Map.of(
                "name", name, "objects", drifts.stream().map(RecordTree::fields).toList())));
        unseen.forEach((name, why) -> list.add(Map.of("name", name, "unknown", why)));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("applications", list);
        return Json.document(schema, content);
    }
}
