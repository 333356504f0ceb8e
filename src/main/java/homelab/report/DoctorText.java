package homelab.report;

import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import homelab.doctor.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What doctor found: the worst first, what could not be seen in one place, and one sentence at the end. */
public final class DoctorText {
    private final Terminal terminal;

    public DoctorText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param all also what passes and what does not apply */
    public String of(Checkup checkup, boolean all) {
        StringBuilder text = new StringBuilder();
        checkup.own(Verdict.FAIL).forEach(finding -> tell(text, checkup, finding));
        tellUnseen(text, checkup.own(Verdict.UNKNOWN));
        checkup.own(Verdict.WARN).forEach(finding -> tell(text, checkup, finding));
        if (all) {
            checkup.of(Verdict.PASS).forEach(finding -> tell(text, checkup, finding));
            checkup.of(Verdict.NOT_APPLICABLE).forEach(finding -> tell(text, checkup, finding));
        }
        checkup.muted().forEach(muted -> block(text, terminal.dim("- "), "  ", muted(muted)));
        checkup.notes().forEach(note -> block(text, terminal.dim("- "), "  ", note));
        block(text, "", "", sentence(checkup));
        return text.toString();
    }

    private static String muted(Checkup.Muted muted) {
        Finding finding = muted.finding();
        String until = muted.mute().until().map(day -> ", until " + day).orElse("");
        return finding.check() + " " + finding.subject() + ": muted" + until + " ("
                + muted.mute().reason() + ")";
    }

    private void tell(StringBuilder text, Checkup checkup, Finding finding) {
        String since = finding.since()
                .map(begin -> " (for " + age(Duration.between(begin, checkup.at())) + ")")
                .orElse("");
        String sure = finding.inferred() ? " (concluded, not seen)" : "";
        String head = finding.check() + " " + finding.subject() + ": " + finding.what() + since + sure;
        block(text, mark(finding.verdict()) + " ", "  ", head);
        if (finding.isTold()) {
            finding.evidence().forEach(line -> block(text, "    " + terminal.dim("seen") + " ", "         ", line));
            if (!finding.fix().isBlank()) {
                block(text, "    " + terminal.dim("fix") + "  ", "         ", finding.fix());
            }
        }
        following(checkup, finding)
                .forEach(line -> block(text, "    " + terminal.dim("so") + "   ", "         ", line));
    }

    /** A line for each that follows, and one for all that could not be seen because of it. */
    private static List<String> following(Checkup checkup, Finding cause) {
        List<Finding> all = brought(checkup, cause);
        List<String> lines = new ArrayList<>();
        all.stream()
                .filter(one -> one.verdict() != Verdict.UNKNOWN)
                .forEach(one -> lines.add(one.check() + " " + one.subject() + ": " + one.what()));
        List<Finding> unseen =
                all.stream().filter(one -> one.verdict() == Verdict.UNKNOWN).toList();
        if (!unseen.isEmpty()) {
            lines.add("not judged: " + ids(unseen));
        }
        return lines;
    }

    /** What it brings with it, and what that brings with it. */
    private static List<Finding> brought(Checkup checkup, Finding cause) {
        List<Finding> brought = new ArrayList<>();
        Set<String> told = new HashSet<>(Set.of(cause.key()));
        Deque<Finding> open = new ArrayDeque<>(List.of(cause));
        while (!open.isEmpty()) {
            checkup.following(open.pop()).stream()
                    .filter(one -> told.add(one.key()))
                    .forEach(one -> {
                        brought.add(one);
                        open.add(one);
                    });
        }
        return brought;
    }

    private static String ids(List<Finding> findings) {
        return findings.stream().map(Finding::check).distinct().collect(Collectors.joining(", "));
    }

    /** What kept several from being seen is told once. */
    private void tellUnseen(StringBuilder text, List<Finding> unseen) {
        Map<String, List<Finding>> byReason = unseen.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.subject() + ": " + finding.what(), LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, findings) -> {
            block(text, mark(Verdict.UNKNOWN) + " ", "  ", reason);
            block(text, "    " + terminal.dim("not judged") + " ", "      ", ids(findings));
        });
    }

    /** The state of the house. */
    static String sentence(Checkup checkup) {
        List<String> parts = new ArrayList<>();
        count(parts, checkup, Verdict.FAIL, " to mend");
        count(parts, checkup, Verdict.WARN, " to know");
        count(parts, checkup, Verdict.UNKNOWN, " not seen");
        String rest =
                " (" + checkup.checks() + " checks, " + checkup.of(Verdict.PASS).size() + " passed)";
        if (checkup.known() > 0) {
            parts.add((parts.isEmpty() ? "nothing new, " : "") + checkup.known() + " as before");
        }
        return parts.isEmpty()
                ? checkup.cluster() + " is well" + rest
                : checkup.cluster() + ": " + String.join(", ", parts) + rest;
    }

    private static void count(List<String> parts, Checkup checkup, Verdict verdict, String words) {
        int count = checkup.of(verdict).size();
        if (count > 0) {
            parts.add(count + words);
        }
    }

    /** The checks in one table. */
    public String list(List<Page> pages) {
        Table table = new Table(terminal, "ID", "WORST", "MEND", "TITLE");
        pages.forEach(page -> table.row(List.of(page.id(), page.fact("worst"), word(page.fact("mend")), page.title())));
        return table.text();
    }

    /** The first word: what follows says why. */
    private static String word(String text) {
        int end = text.indexOf(',');
        return end < 0 ? text : text.substring(0, end);
    }

    /** All that is written of checks. */
    public String explain(List<Page> pages) {
        return pages.stream().map(this::explain).collect(Collectors.joining("\n"));
    }

    private String explain(Page page) {
        StringBuilder text = new StringBuilder(terminal.bold(page.id() + "  " + page.title()) + "\n");
        Page.FACTS.forEach(name -> block(
                text, "  " + terminal.dim(name) + " ".repeat(11 - name.length()), " ".repeat(13), page.fact(name)));
        page.sections().forEach((name, body) -> {
            text.append('\n').append(terminal.bold(name)).append('\n');
            block(text, "", "", body);
        });
        return text.toString();
    }

    private String mark(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> terminal.red(terminal.cross());
            case UNKNOWN -> terminal.yellow("?");
            case WARN -> terminal.yellow("!");
            case PASS -> terminal.green(terminal.tick());
            case NOT_APPLICABLE -> terminal.dim("-");
        };
    }

    private void block(StringBuilder text, String head, String indent, String body) {
        int width = terminal.piped() ? Integer.MAX_VALUE : terminal.width() - indent.length();
        String lead = head;
        for (String line : Fold.lines(Safe.text(body), width)) {
            text.append(lead).append(line).append('\n');
            lead = indent;
        }
    }

    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }
}
