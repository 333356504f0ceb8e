package homelab.facts;

import java.time.Duration;
import java.time.Instant;

/** When, by our clock, the question was sent and its answer had arrived. */
public record RoundTrip(Instant sent, Instant received) {

    /** Our best guess of the moment at which the host looked; wrong by half the round trip at most. */
    public Instant middle() {
        return sent.plus(Duration.between(sent, received).dividedBy(2));
    }
}
