package homelab.run;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A wish to stop, asked for between steps: what has begun is brought to its end, nothing new begins. */
public final class Stop {
    private final AtomicReference<@Nullable Failure> why = new AtomicReference<>();

    /** Somebody pressed Ctrl-C. */
    public void wish() {
        wish(new Failure(Exit.INTERRUPTED, interrupted()));
    }

    /** @param reason what the run then ends with; the first one counts */
    public void wish(Failure reason) {
        why.compareAndSet(null, reason);
    }

    /** @throws Failure when a stop was wished for */
    void orGoOn() {
        Failure reason = why.get();
        if (reason != null) {
            throw reason;
        }
    }

    private static Problem interrupted() {
        return Problem.of(
                "interrupted",
                "what was done stays done, and nothing is half-written",
                "run the same command again: it continues where this one stopped");
    }
}
