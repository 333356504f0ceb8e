package homelab.run;

import java.time.Duration;
import java.time.Instant;

/** The clock of a run, so that tests need not wait. */
public interface Time {

    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own clock. */
    static Time system() {
        return new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
