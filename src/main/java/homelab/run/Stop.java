package homelab.run;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.concurrent.atomic.AtomicBoolean;

/** A wish to stop, asked for between steps: what has begun is brought to its end, nothing new begins. */
public final class Stop {
    private final AtomicBoolean wished = new AtomicBoolean();

    public void wish() {
        wished.set(true);
    }

    public boolean wished() {
        return wished.get();
    }

    /** @throws Failure with exit INTERRUPTED when a stop was wished for */
    void orGoOn() {
        if (wished()) {
            throw new Failure(Exit.INTERRUPTED, interrupted());
        }
    }

    private static Problem interrupted() {
        return Problem.of(
                "interrupted",
                "what was done stays done, and nothing is half-written",
                "run the same command again: it continues where this one stopped");
    }
}
