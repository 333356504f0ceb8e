package homelab.report;

import homelab.plan.Plan;
import homelab.plan.Planned;
import java.util.stream.Collectors;

/** What others made on the hosts and a plan leaves alone: a line per host. */
record KeptText(Terminal terminal) {

    String of(Plan plan) {
        return plan.steps().stream()
                .filter(planned -> !planned.kept().isEmpty())
                .map(this::line)
                .collect(Collectors.joining());
    }

    private String line(Planned planned) {
        String kept = planned.step().target() + " keeps "
                + planned.step().resource().id() + " that others made: " + String.join("; ", planned.kept());
        return String.join("\n  ", Fold.lines(Safe.line(kept), terminal.width() - 2)) + "\n";
    }
}
