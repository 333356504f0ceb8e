package homelab.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.schmizz.sshj.common.SSHException;

/** How a command ends, told by the connection's reader and waited for by others. */
final class Ending {
    /** What ssh has when the host did not say. */
    static final int NO_STATUS = 255;

    /** How long a channel may stay open after its command has ended: a daemon it started may hold the pipes. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Object news = new Object();
    private OptionalInt exit = OptionalInt.empty();
    private boolean closed;
    private Optional<SSHException> lost = Optional.empty();

    void told(int status) {
        synchronized (news) {
            exit = OptionalInt.of(status);
            news.notifyAll();
        }
    }

    void lost(SSHException why) {
        synchronized (news) {
            lost = Optional.of(why);
        }
    }

    void closed() {
        synchronized (news) {
            closed = true;
            news.notifyAll();
        }
    }

    void somethingWasSaid() {
        synchronized (news) {
            news.notifyAll();
        }
    }

    boolean isSeen() {
        synchronized (news) {
            return closed || exit.isPresent();
        }
    }

    int exit() {
        synchronized (news) {
            return exit.orElse(NO_STATUS);
        }
    }

    /** False when the time is over before it. */
    boolean await(Duration most) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        synchronized (news) {
            while (!closed && exit.isEmpty()) {
                if (!waitUntil(end)) {
                    return false;
                }
            }
            long linger = System.nanoTime() + LINGER.toNanos();
            while (!closed && waitUntil(linger)) {
                // The rest of the output arrives, and the host gives the session free for another command.
            }
            orLost();
            return true;
        }
    }

    /** What was said when it is enough, when the command has ended, or when the time is over. */
    String awaitSaid(Supplier<String> all, Predicate<String> enough, Duration most) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        synchronized (news) {
            String said = all.get();
            while (!enough.test(said) && !closed && waitUntil(end)) {
                said = all.get();
            }
            orLost();
            return said;
        }
    }

    private void orLost() throws IOException {
        if (lost.isPresent() && exit.isEmpty()) {
            throw lost.get();
        }
    }

    private boolean waitUntil(long end) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(news, Math.max(left, 1_000_000));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
