package homelab.artifact;

import java.time.Duration;

/**
 * How long a download is borne with.
 *
 * @param stall without a byte for so long, the connection counts as dead
 * @param pause before another attempt
 * @param barrenAttempts gives up after so many attempts in a row that brought nothing; one that brought something
 *     counts as a new beginning, so a bad line still gets there
 */
public record Patience(Duration connect, Duration stall, Duration pause, int barrenAttempts) {
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(2), 4);
}
