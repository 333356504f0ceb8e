package homelab.gate;

import homelab.doctor.House;
import java.time.Duration;
import java.util.Optional;

/** Something that may be mended at a gate; by whom it is allowed says {@link Repairs}. */
public sealed interface Repair
        permits Barred,
                CsiPlugin,
                StuckPod,
                LostAttachment,
                StaleTaint,
                Refresh,
                PoweredOff,
                IdleAttachment,
                EndlessSync {

    /** The gate that it helps to pass. */
    Gate gate();

    /** In one line, for people. */
    String title();

    /** What a person is asked who alone can know; empty when it is safe by what was seen. */
    default Optional<String> question() {
        return Optional.empty();
    }

    /** Whether it changes what is kept of a node that does not answer. */
    default boolean touchesTheDead() {
        return false;
    }

    /** How long ago the same was done to the same object, if it takes something away. */
    default Optional<Duration> ago(House house) {
        return Optional.empty();
    }
}
