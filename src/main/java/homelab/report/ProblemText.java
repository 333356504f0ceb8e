package homelab.report;

import homelab.problem.Problem;
import java.util.List;

/** Tells problems to people: what, where, why, fix. */
public final class ProblemText {
    private final Terminal terminal;

    public ProblemText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> append(text, problem));
        return text.toString();
    }

    private void append(StringBuilder text, Problem problem) {
        block(text, terminal.red(terminal.cross()) + " ", "  ", problem.what());
        problem.where().ifPresent(where -> {
            block(text, "    at   ", "         ", where.toString());
            where.excerpt().ifPresent(line -> pointAt(text, line, where.column()));
        });
        if (!problem.why().isBlank()) {
            block(text, terminal.dim("    why  "), "         ", problem.why());
        }
        if (!problem.fix().isBlank()) {
            block(text, terminal.dim("    fix  "), "         ", problem.fix());
        }
    }

    private void block(StringBuilder text, String head, String indent, String body) {
        int width = terminal.width() == Integer.MAX_VALUE ? Integer.MAX_VALUE : terminal.width() - indent.length();
        String lead = head;
        for (String line : Fold.lines(Safe.text(body), width)) {
            text.append(lead).append(line).append('\n');
            lead = indent;
        }
    }

    /** The line of the file and a mark under the column, shortened to what fits. */
    private void pointAt(StringBuilder text, String line, int column) {
        int room = Math.max(20, Math.min(terminal.width(), 120) - 11);
        int from = Math.max(0, column - 1 - room / 2);
        String shown = Safe.line(line);
        shown = shown.substring(Math.min(from, shown.length()), Math.min(shown.length(), from + room));
        text.append("         | ").append(shown).append('\n');
        text.append("         | ")
                .append(" ".repeat(Math.max(0, column - 1 - from)))
                .append("^\n");
    }
}
