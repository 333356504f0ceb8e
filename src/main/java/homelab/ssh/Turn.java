package homelab.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.OpenFailException;

/** Waits for its turn when the host has all the sessions that it allows (sshd's MaxSessions). */
final class Turn {
    private static final int TRIES = 100;
    private static final int PAUSE_MILLIS = 100;

    private Turn() {}

    static ExecChannel open(Connection connection, ExecChannel.Sink out) throws IOException {
        for (int tries = 1; ; tries++) {
            ExecChannel channel = new ExecChannel(connection, out);
            try {
                channel.open();
                return channel;
            } catch (OpenFailException full) {
                if (tries == TRIES) {
                    throw full;
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
