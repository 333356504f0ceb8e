package homelab.doctor;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a host answered, as it came, by the probes' ids. Parsed when it is judged, so that a kept snapshot is read by
 * today's checks.
 */
public record Answers(Map<String, Reading<Answer>> byId) {
    public static final Answers NONE = new Answers(Map.of());

    public Answers {
        byId = Map.copyOf(byId);
    }

    /** Unknown where it was not asked, did not answer, or answered what its parser does not take. */
    public <T> Reading<T> of(Probe<T> probe) {
        Reading<Answer> answer = byId.getOrDefault(probe.id(), new Reading.Unknown<>("not asked"));
        if (answer instanceof Reading.Known<Answer> known) {
            return parsed(probe, known.value());
        }
        return new Reading.Unknown<>(((Reading.Unknown<Answer>) answer).why());
    }

    private static <T> Reading<T> parsed(Probe<T> probe, Answer answer) {
        try {
            return new Reading.Known<>(probe.parser().apply(answer));
        } catch (RuntimeException e) {
            String message = e.getMessage();
            return new Reading.Unknown<>(message == null || message.isBlank() ? "unreadable answer" : message);
        }
    }

    public Answers and(Answers later) {
        Map<String, Reading<Answer>> all = new TreeMap<>(byId);
        all.putAll(later.byId);
        return new Answers(all);
    }
}
