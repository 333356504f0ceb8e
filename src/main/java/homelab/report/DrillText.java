package homelab.report;

import homelab.model.Node;
import homelab.snapshot.Drill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a drill of a snapshot saw. */
public record DrillText(Terminal terminal) {

    public String of(Node node, Drill drill) {
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (drill.result()) {
                    case PASS ->
                        "passed: " + drill.snapshot() + " on " + node.name() + ", "
                                + drill.took().toSeconds() + " s";
                    case FAIL ->
                        "FAILED: " + drill.snapshot() + " on " + node.name() + ", "
                                + drill.took().toSeconds() + " s";
                    case SKIPPED -> "not tried: " + drill.snapshot() + " on " + node.name();
                });
        if (!drill.why().isEmpty()) {
            lines.add("why:     " + drill.why());
        }
        if (!drill.counted().isEmpty()) {
            lines.add("in it:   " + count(drill, "namespaces") + " namespaces, " + count(drill, "secrets")
                    + " Secrets, each opened, " + count(drill, "objects") + " objects, revision "
                    + count(drill, "revision"));
        }
        if (drill.result() == Drill.Result.FAIL) {
            lines.add("next:    homelab snapshot save, then homelab snapshot drill");
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> Fold.lines(line, terminal.width())
                .forEach(piece -> text.append(piece).append('\n')));
        return text.toString();
    }

    private static long count(Drill drill, String what) {
        return drill.counted().getOrDefault(what, 0L);
    }

    public static String json(Node node, Drill drill) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", node.name().text());
        tree.put("snapshot", drill.snapshot());
        tree.put("result", drill.result().name().toLowerCase(Locale.ROOT));
        tree.put("at", drill.at().toString());
        tree.put("taken", drill.taken().toString());
        tree.put("seconds", drill.took().toSeconds());
        tree.putAll(drill.counted());
        if (!drill.why().isEmpty()) {
            tree.put("why", drill.why());
        }
        return Json.document("drill/v1", tree);
    }
}
