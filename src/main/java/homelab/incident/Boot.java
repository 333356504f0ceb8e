package homelab.incident;

import java.time.Duration;
import java.time.Instant;

/**
 * One start of a host, by the first and the last line of its journal.
 *
 * @param firstUptime how long it was up at its first line
 * @param end how it ended
 */
public record Boot(String id, Instant first, Duration firstUptime, Instant last, Duration lastUptime, End end) {

    /** How a boot ended. */
    public enum End {
        NOW,
        CLEAN,
        CUT
    }

    /** How far the clock was set while it ran: what it says went by, less what did. More than a second is a step. */
    public Duration clockStep() {
        return Duration.between(first, last).minus(lastUptime.minus(firstUptime));
    }
}
