package homelab.ssh;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does something when a blocking call takes too long. A socket that the peer no longer reads blocks its writer, and the
 * keepalive behind it, until TCP gives up after a quarter of an hour; only closing it from outside helps. One daemon
 * thread for all hosts, made when it is first needed.
 */
final class StallWatch implements AutoCloseable {
    private final ScheduledExecutorService clock;

    StallWatch() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "ssh-stall-watch");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        clock = pool;
    }

    /** Runs the rescue unless the guard is closed before. */
    Guard guard(Duration most, Runnable rescue) {
        if (clock.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> alarm = clock.schedule(rescue, most.toMillis(), TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    interface Guard extends AutoCloseable {
        @Override
        void close();
    }
}
