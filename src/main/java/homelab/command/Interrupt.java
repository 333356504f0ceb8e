package homelab.command;

import homelab.problem.Exit;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Stop;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Ctrl-C. As long as nothing was changed the program leaves at once; after that what has begun is brought to its end
 * first. Either way it leaves with 130.
 */
final class Interrupt {
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean changing = new AtomicBoolean();
    private final Thread hook;

    private Interrupt(Consumer<Interrupt> wind) {
        this.hook = new Thread(() -> wind.accept(this), "homelab-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static Interrupt guard(Stop stop, Events events, PrintStream err) {
        return new Interrupt(self -> self.wind(stop, events, err));
    }

    /** Of what leaves nothing behind wherever it ends: it just says so. */
    static Interrupt saying(PrintStream err, String words) {
        return new Interrupt(self -> leave(err, words));
    }

    /** From now on hosts are being changed. */
    void changing() {
        changing.set(true);
    }

    private void wind(Stop stop, Events events, PrintStream err) {
        stop.wish();
        if (changing.get()) {
            events.tell(new Event.Note("stopping: what has begun is brought to its end first"));
            waitForTheEnd();
            err.flush();
            Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
        }
        leave(err, "interrupted: nothing was changed");
    }

    private static void leave(PrintStream err, String words) {
        err.println("\n" + words);
        err.flush();
        Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
    }

    private void waitForTheEnd() {
        try {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
