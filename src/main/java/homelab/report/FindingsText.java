package homelab.report;

import homelab.plan.Finding;
import homelab.plan.Plan;
import homelab.problem.Problem;
import java.util.List;

/** What preflight says beside a plan: the word, what and why, and how to mend it. */
final class FindingsText {
    private static final int INDENT = 9;

    private final Terminal terminal;

    FindingsText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A plan with nothing to do is not held up by what is only worth a thought: that is doctor's to tell. */
    String of(Plan plan) {
        List<Finding> told = plan.findings().stream()
                .filter(finding -> finding.refused() || !plan.isEmpty())
                .toList();
        if (told.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(terminal.bold("before it begins")).append('\n');
        told.forEach(finding -> append(text, finding));
        return text.toString();
    }

    private void append(StringBuilder text, Finding finding) {
        Problem problem = finding.problem();
        String padded = String.format("%-6s", finding.severity().word());
        text.append("  ").append(coloured(finding, padded)).append(' ').append(folded(problem.what()));
        line(text, "why  ", problem.why());
        line(text, "fix  ", problem.fix());
    }

    private void line(StringBuilder text, String label, String told) {
        if (!told.isBlank()) {
            text.append(" ".repeat(INDENT)).append(folded(label + told));
        }
    }

    private String folded(String told) {
        int width = terminal.width() == Integer.MAX_VALUE ? Integer.MAX_VALUE : terminal.width() - INDENT;
        return String.join("\n" + " ".repeat(INDENT), Fold.lines(Safe.line(told), width)) + "\n";
    }

    private String coloured(Finding finding, String word) {
        return switch (finding.severity()) {
            case REFUSE -> terminal.red(word);
            case WARN -> terminal.yellow(word);
            case NOTE -> terminal.dim(word);
        };
    }
}
