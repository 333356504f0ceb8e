package homelab.report;

import homelab.incident.Happening;
import homelab.incident.Kind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What homelab did from this machine, as a part of what happened. */
public final class OwnRuns {
    private OwnRuns() {}

    public static List<Happening> since(List<PastRun> runs, Instant since) {
        return runs.stream()
                .flatMap(run -> of(run).stream())
                .filter(each -> !each.last().isBefore(since))
                .toList();
    }

    private static Optional<Happening> of(PastRun run) {
        try {
            Instant began = Instant.parse(run.began());
            String end = run.exit().isPresent() ? "ended with " + run.exit().getAsInt() : "did not end";
            String text = "homelab " + run.verb() + " from this machine: " + run.count("done") + " changes, " + end;
            return Optional.of(
                    new Happening("(this machine)", began, Instant.parse(run.ended()), 1, Kind.HOMELAB, text));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // a run that was killed before its first line was whole
        }
    }
}
