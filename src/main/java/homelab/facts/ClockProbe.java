package homelab.facts;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the host takes the time to be. */
final class ClockProbe {
    /** GNU date writes nanoseconds; busybox knows no %N and leaves it out or as it stands. */
    private static final Pattern TIME = Pattern.compile("(\\d{1,10})(\\d{9})?\\D*");

    private ClockProbe() {}

    static final Probe<Instant> PROBE = new Probe<>("facts:clock", "date +%s%N", FactProbes.LIMIT, ClockProbe::parse);

    private static Instant parse(Answer answer) {
        return parse(answer.text().strip());
    }

    static Instant parse(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalStateException("date wrote '" + text + "'");
        }
        // whole seconds are cut off, so on average half a second is missing
        long nanos = time.group(2) == null ? 500_000_000 : Long.parseLong(time.group(2));
        return Instant.ofEpochSecond(Long.parseLong(time.group(1)), nanos);
    }

    /** The host's time minus ours in milliseconds. */
    static long skew(Instant host, RoundTrip trip) {
        return Duration.between(trip.middle(), host).toMillis();
    }
}
