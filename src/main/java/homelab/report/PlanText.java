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
        unknown(plan).forEach((reason, steps) -> appendUnknown(text, reason, steps));
        return text.append(summary(plan)).append('\n').toString();
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
                    .append("           waits: ")
                    .append(Safe.line(waits.until()));
            text.append('\n');
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
                .forEach(part -> text.append("           ")
                        .append(String.join("\n           ", Fold.lines(Safe.line(part), terminal.width() - 13)))
                        .append('\n'));
    }

    private String head(String worst, String id) {
        return "  " + coloured(worst, String.format("%-7s", worst)) + "  " + id + "\n";
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
        String line = "           " + what + before + " " + terminal.arrow() + " " + after;
        return (line.length() <= terminal.width() ? line : folded(what, before, after)) + "\n";
    }

    private String folded(String what, String before, String after) {
        int room = terminal.width() - 13;
        String indent = "\n           ";
        return "           "
                + String.join(indent, Fold.lines(what + before, room))
                + indent
                + terminal.arrow() + " "
                + String.join(indent + "  ", Fold.lines(after, room));
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
        text.append(terminal.yellow("? "))
                .append(reason.target())
                .append(": ")
                .append(what)
                .append(" could not be looked at: ")
                .append(Safe.line(reason.why()))
                .append('\n');
    }

    private String summary(Plan plan) {
        int unknown = plan.unknown().size();
        if (plan.isEmpty()) {
            return (unknown == 0 ? terminal.green("nothing to do") : "nothing to do that could be seen")
                    + ": " + (plan.steps().size() - unknown) + " things on " + plan.cluster()
                    + " are as they should be" + (unknown == 0 ? "" : ", " + unknown + " could not be looked at");
        }
        int differing = plan.toDo().size();
        return differing + " of " + plan.steps().size() + " things " + (differing == 1 ? "differs" : "differ") + " on "
                + plan.cluster()
                + plan.worst().map(worst -> "; the worst is to " + worst.word()).orElse("");
    }
}
