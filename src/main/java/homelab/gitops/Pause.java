package homelab.gitops;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether Argo CD was told to leave an Application alone, and what was said when. Nobody lifts it by itself: the end is a
 * reminder, which {@code gitops status} tells once it is past.
 *
 * @param on whether Argo CD leaves it alone
 * @param reason empty when it was paused by somebody else
 */
public record Pause(boolean on, String reason, Optional<Instant> since, Optional<Instant> until) {
    /** By which Argo CD's controller leaves an Application alone: no comparison, no sync, until it is gone. */
    public static final String SKIP = "argocd.argoproj.io/skip-reconcile";

    static final String REASON = "homelab/paused-for";
    static final String SINCE = "homelab/paused-at";
    static final String UNTIL = "homelab/paused-until";

    public static Pause of(Application application) {
        Map<String, String> notes = application.annotations();
        return new Pause(
                notes.getOrDefault(SKIP, "").equals("true"),
                notes.getOrDefault(REASON, ""),
                time(notes.getOrDefault(SINCE, "")),
                time(notes.getOrDefault(UNTIL, "")));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public boolean expired(Instant now) {
        return on && until.isPresent() && until.get().isBefore(now);
    }

    /** What is to be known of it, if it is on. */
    Optional<Finding> finding(Application application, Instant now) {
        if (!on) {
            return Optional.empty();
        }
        String who = reason.isEmpty() ? "not by homelab, for a reason that it does not say" : reason;
        String begin = since.map(time -> " since " + time).orElse("");
        boolean expired = expired(now);
        String end = until.map(time -> (expired ? ", was to end at " : ", to end at ") + time)
                .orElse("");
        return Optional.of(Finding.danger(
                expired ? "PauseExpired" : "Paused",
                application.subject(),
                "Argo CD leaves it alone" + begin + end + ": " + who
                        + "; what is shown of its comparison is as old as that",
                "homelab gitops resume " + application.name()));
    }

    /** The annotations that pause; the same ones without a value end it. */
    public Map<String, Optional<String>> notes() {
        Map<String, Optional<String>> notes = new LinkedHashMap<>();
        notes.put(SKIP, on ? Optional.of("true") : Optional.empty());
        notes.put(REASON, on ? Optional.of(reason) : Optional.empty());
        notes.put(SINCE, on ? since.map(Instant::toString) : Optional.empty());
        notes.put(UNTIL, on ? until.map(Instant::toString) : Optional.empty());
        return notes;
    }

    public static Pause none() {
        return new Pause(false, "", Optional.empty(), Optional.empty());
    }
}
