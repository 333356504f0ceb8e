package homelab.command;

import homelab.problem.Exit;
import homelab.run.Stop;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C while hosts are being changed: what has begun is brought to its end, then the program leaves with 130. */
final class Interrupt {
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt(Stop stop, PrintStream err) {
        this.hook = new Thread(() -> wind(stop, err), "homelab-interrupt");
    }

    static Interrupt guard(Stop stop, PrintStream err) {
        Interrupt interrupt = new Interrupt(stop, err);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void wind(Stop stop, PrintStream err) {
        stop.wish();
        err.println("\nstopping: what has begun is brought to its end first; the next run continues from there");
        try {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Thread.sleep(200); // the main thread is telling what was done
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.flush();
        Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
    }

    /** The work is over; a Ctrl-C that comes now just ends the program. */
    void over() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook runs now and ends the program by itself.
        }
    }
}
