package homelab.report;

import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan for people: by target, every change with before and after, and the worst that each step does. */
public final class PlanText {
    private static final String NOTHING = "nothing to do";
    private static final String INDENT = " ".repeat(11);

    private final Terminal terminal;

    public PlanText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        byTarget(plan.toDo()).forEach((target, steps) -> {
            text.append(terminal.bold(target)).append('\n');
            steps.forEach(step -> append(text, step));
        });
        text.append(new KeptText(terminal).of(plan));
        text.append(new FindingsText(terminal).of(plan));
        unknown(plan).forEach((reason, steps) -> appendUnknown(text, reason, steps));
        String summary = String.join("\n", Fold.lines(summary(plan), terminal.width()));
        boolean well = plan.isEmpty() && plan.unknown().isEmpty();
        return text.append(well ? summary.replaceFirst(NOTHING, terminal.green(NOTHING)) : summary)
                .append('\n')
                .toString();
    }

    private static Map<String, List<Planned>> byTarget(List<Planned> steps) {
        return steps.stream()
                .collect(Collectors.groupingBy(
                        planned -> planned.step().target().toString(), LinkedHashMap::new, Collectors.toList()));
    }

    private void append(StringBuilder text, Planned planned) {
        String id = Safe.line(planned.step().resource().id());
        if (planned.status() instanceof Status.Drift drift) {
            text.append(drifting(id, drift));
        } else if (planned.status() instanceof Status.Waits waits) {
            text.append(head(waits.worst().word(), id))
                    .append(INDENT)
                    .append(under("waits: " + Safe.line(waits.until())))
                    .append('\n');
        } else if (planned.status() instanceof Status.Refused refused) {
            appendRefused(text, id, refused.problem());
        }
    }

    /** A single change of the very thing stands on its line where there is room. */
    private String drifting(String id, Status.Drift drift) {
        String head = head(drift.worst().word(), id);
        List<String> lines =
                drift.changes().stream().map(change -> line(id, change)).toList();
        String joined = head.stripTrailing() + ": " + lines.get(0).strip();
        boolean fits = id.length() + 11 + lines.get(0).strip().length() + 2 <= terminal.width();
        return lines.size() == 1 && fits && isAbout(id, drift.changes().get(0))
                ? joined + "\n"
                : head + String.join("", lines);
    }

    private static boolean isAbout(String id, Change change) {
        return (" " + id).endsWith(" " + change.what());
    }

    private void appendRefused(StringBuilder text, String id, Problem problem) {
        text.append(head("refused", id));
        List.of(problem.what(), "why  " + problem.why(), "fix  " + problem.fix())
                .forEach(part ->
                        text.append(INDENT).append(under(Safe.line(part))).append('\n'));
    }

    private String head(String worst, String id) {
        return "  " + coloured(worst, String.format("%-7s", worst)) + "  " + under(id) + "\n";
    }

    /** Folded to what stands beside the indent. */
    private String under(String text) {
        return String.join("\n" + INDENT, Fold.lines(text, terminal.width() - INDENT.length()));
    }

    private String coloured(String worst, String padded) {
        return switch (worst) {
            case "create", "wait" -> terminal.green(padded);
            case "delete", "reboot", "replace", "refused" -> terminal.red(padded);
            default -> terminal.yellow(padded);
        };
    }

    private String line(String id, Change change) {
        String what = isAbout(id, change) ? "" : Safe.line(change.what()) + ": ";
        String before = Safe.line(change.before());
        String after = Safe.line(change.after());
        String line = INDENT + what + before + " " + terminal.arrow() + " " + after;
        return (line.length() <= terminal.width() ? line : folded(what, before, after)) + "\n";
    }

    private String folded(String what, String before, String after) {
        String folded = String.join("\n" + INDENT + "  ", Fold.lines(after, terminal.width() - INDENT.length() - 2));
        return INDENT + under(what + before) + "\n" + INDENT + terminal.arrow() + " " + folded;
    }

    /** Where and why. */
    private record Reason(String target, String why) {}

    /** By reason: a host that does not answer has one, and not one for each of its thirty steps. */
    private static Map<Reason, List<Planned>> unknown(Plan plan) {
        return plan.unknown().stream()
                .collect(Collectors.groupingBy(PlanText::reason, LinkedHashMap::new, Collectors.toList()));
    }

    private static Reason reason(Planned planned) {
        String why = planned.status() instanceof Status.Unknown unknown ? unknown.why() : "";
        return new Reason(planned.step().target().toString(), why);
    }

    private void appendUnknown(StringBuilder text, Reason reason, List<Planned> steps) {
        String what =
                steps.size() == 1 ? Safe.line(steps.get(0).step().resource().id()) : steps.size() + " things";
        String told = reason.target() + ": " + what + " could not be looked at: " + Safe.line(reason.why());
        text.append(terminal.yellow("? "))
                .append(String.join("\n  ", Fold.lines(told, terminal.width() - 2)))
                .append('\n');
    }

    private String summary(Plan plan) {
        int unknown = plan.unknown().size();
        if (plan.isEmpty()) {
            return NOTHING + (unknown == 0 ? "" : " that could be seen") + ": "
                    + fine(plan.steps().size() - unknown, plan.cluster())
                    + (unknown == 0 ? "" : ", " + unknown + " could not be looked at");
        }
        int differing = plan.toDo().size();
        return differing + " of " + plan.steps().size() + " things " + (differing == 1 ? "differs" : "differ") + " on "
                + plan.cluster()
                + plan.worst().map(worst -> "; the worst is to " + worst.word()).orElse("");
    }

    private static String fine(int things, String cluster) {
        return things == 1
                ? "1 thing on " + cluster + " is as it should be"
                : things + " things on " + cluster + " are as they should be";
    }
}
