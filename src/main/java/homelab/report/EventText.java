package homelab.report;

import homelab.plan.Step;
import homelab.resource.Change;
import homelab.run.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line for an event, without time and colour. */
final class EventText {

    private EventText() {}

    /** Empty for events that only a live view shows. */
    static Optional<String> of(Event event) {
        if (event instanceof Event.Connected connected) {
            return Optional.of(connected.node() + ": connected (" + seconds(connected.took()) + ")");
        } else if (event instanceof Event.Unreachable lost) {
            return Optional.of(
                    Safe.line(lost.problem().what() + ": " + lost.problem().why()));
        } else if (event instanceof Event.Looking looking) {
            return Optional.of("looking at " + looking.what());
        } else if (event instanceof Event.PhaseBegins begins) {
            return Optional.of("phase " + begins.phase());
        } else if (event instanceof Event.StepDone done) {
            return Optional.of(title(done.step()) + ": " + changes(done) + " (" + seconds(done.took()) + ")");
        } else if (event instanceof Event.StepFailed failed) {
            return Optional.of("FAILED " + Safe.line(failed.problem().what()));
        } else if (event instanceof Event.Note note) {
            return Optional.of(Safe.line(note.text()));
        }
        return Optional.empty();
    }

    /** What a step is busy with now; empty when the event says nothing of that. */
    static Optional<String> doing(Event event) {
        if (event instanceof Event.StepBegins begins) {
            return Optional.of(begins.step().resource().id());
        } else if (event instanceof Event.StepWaits waits) {
            return Optional.of(
                    waits.step().resource().id() + "  " + waits.elapsed().toSeconds() + " of at most "
                            + waits.limit().toSeconds() + " s: " + Safe.line(waits.waitingFor()));
        } else if (event instanceof Event.Transfer transfer) {
            return Optional.of(transfer.step().resource().id() + ": " + amount(transfer));
        } else if (event instanceof Event.StepFailed failed) {
            return Optional.of("FAILED " + failed.step().resource().id());
        }
        return Optional.empty();
    }

    static String asked(Event.Asked asked) {
        return Safe.line(asked.node() + ": " + asked.title() + ": " + asked.outcome()) + " (" + millis(asked.took())
                + ")";
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    static String title(Step step) {
        return step.target() + ": " + step.resource().id();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String changes(Event.StepDone done) {
        Map<String, Integer> times = new LinkedHashMap<>();
        done.changes().forEach(change -> times.merge(told(change), 1, Integer::sum));
        return times.entrySet().stream()
                .map(each -> each.getKey() + (each.getValue() > 1 ? " (" + each.getValue() + " times)" : ""))
                .collect(Collectors.joining("; "));
    }

    private static String told(Change change) {
        return Safe.line(change.before()) + " -> " + Safe.line(change.after());
    }

    private static String amount(Event.Transfer transfer) {
        long sent = transfer.sent() >> 20;
        return transfer.total() > 0 ? sent + " of " + (transfer.total() >> 20) + " MiB" : sent + " MiB";
    }
}
