package homelab.report;

import homelab.backup.Copied;
import homelab.backup.Coverage;
import homelab.backup.Covered;
import homelab.backup.Drilled;
import homelab.backup.Last;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is copied and what is not, and the copies that there are. */
public final class BackupText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final Instant now;

    public BackupText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    public String of(Coverage coverage) {
        StringBuilder text = new StringBuilder();
        Table covered = new Table(terminal, "NODE", "WHAT", "LIES AT", "COPIED TO", "HOW", "LAST");
        coverage.covered().forEach(one -> covered.row(row(one)));
        text.append(coverage.covered().isEmpty() ? "there is nothing to copy\n" : covered.text());
        if (!coverage.left().isEmpty()) {
            Table left = new Table(terminal, "NOT COPIED", "WHY");
            coverage.left().forEach(one -> left.row(List.of(one.what(), one.why())));
            text.append(terminal.piped() ? "" : "\n").append(left.text());
        }
        sentence(coverage).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private List<String> row(Covered one) {
        return List.of(
                one.node().text(),
                what(one.kind(), one.name()),
                one.path(),
                one.to().node() + ":" + one.to().path(),
                one.how().words(),
                one.last().map(last -> age(last.at())).orElse("never"));
    }

    private static String what(String kind, String name) {
        return kind.equals("claim") ? "claim " + name : "folder";
    }

    private String age(Instant at) {
        Duration age = Duration.between(at, now);
        if (age.toMinutes() < 120) {
            return Math.max(0, age.toMinutes()) + " min ago";
        }
        return age.toHours() < 72 ? age.toHours() + " h ago" : age.toDays() + " d ago";
    }

    private List<String> sentence(Coverage coverage) {
        String beside = coverage.covered().stream()
                .filter(Covered::beside)
                .map(one -> one.node().text())
                .distinct()
                .collect(Collectors.joining(", "));
        return beside.isEmpty()
                ? List.of()
                : Fold.lines(
                        "the copies of " + beside + " lie on " + beside
                                + " itself and go with it: name a folder of another node in backup.to",
                        terminal.width());
    }

    public String of(List<Copied> copies) {
        if (copies.isEmpty()) {
            return "there is no copy\n";
        }
        Table table = new Table(terminal, "COPY", "NODE", "WHAT", "MADE (UTC)", "AGE", "HOW");
        copies.forEach(one -> table.row(List.of(
                one.id(),
                one.node().text(),
                one.kind().equals("claim") ? "claim " + one.name() : "folder " + one.name(),
                MINUTE.format(one.at()),
                age(one.at()),
                Last.HOW.getOrDefault(one.how(), "unknown"))));
        return table.text();
    }

    public static String of(Drilled drilled) {
        Copied copy = drilled.copy();
        String what = copy.kind().equals("claim") ? "claim " + copy.name() : "folder " + copy.name();
        String head = "copy " + copy.id() + " of " + what + ", " + copy.node() + ", of " + copy.at() + ": ";
        return Safe.line(head
                        + drilled.failed()
                                .map(why -> "NOT WHOLE: " + why)
                                .orElse("whole. " + drilled.brought() + " files came back, "
                                        + drilled.compared() + " of them unchanged since and the same on "
                                        + copy.node() + ", in " + drilled.seconds() + " s"))
                + "\n";
    }

    public static String json(Drilled drilled) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("copy", tree(drilled.copy()));
        tree.put("whole", drilled.failed().isEmpty());
        tree.put("files", drilled.brought());
        tree.put("compared", drilled.compared());
        tree.put("seconds", drilled.seconds());
        drilled.failed().ifPresent(why -> tree.put("why", why));
        return Json.document("backup-drill/v1", tree);
    }

    public static String json(Coverage coverage) {
        return Json.document(
                "backup-plan/v1",
                Map.of(
                        "covered",
                                coverage.covered().stream()
                                        .map(BackupText::tree)
                                        .toList(),
                        "left",
                                coverage.left().stream()
                                        .map(one -> Map.of("what", one.what(), "why", one.why()))
                                        .toList()));
    }

    private static Map<String, Object> tree(Covered one) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", one.node().text());
        tree.put("kind", one.kind());
        tree.put("name", one.name());
        tree.put("path", one.path());
        tree.put("to", one.to().node() + ":" + one.to().path());
        tree.put("how", one.how().words());
        one.last().ifPresent(last -> tree.put("last", last.at().toString()));
        return tree;
    }

    public static String json(List<Copied> copies) {
        return Json.document(
                "backups/v1",
                Map.of("copies", copies.stream().map(BackupText::tree).toList()));
    }

    private static Map<String, Object> tree(Copied one) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", one.id());
        tree.put("node", one.node().text());
        tree.put("kind", one.kind());
        tree.put("name", one.name());
        tree.put("path", one.path());
        tree.put("made", one.at().toString());
        tree.put("how", one.how());
        return tree;
    }
}
