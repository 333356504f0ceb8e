package homelab.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;

/**
 * An authenticated connection.
 *
 * @param client sshj's client
 * @param via the connection it goes through
 */
record Link(SSHClient client, Optional<Link> via, StallWatch watch) {
    /** A host that takes nothing for so long is gone; slow SD cards hold up writes for some seconds. */
    private static final Duration STALLED = Duration.ofSeconds(90);

    boolean alive() {
        return client.isConnected()
                && client.isAuthenticated()
                && via.map(Link::alive).orElse(true);
    }

    StallWatch.Guard guard() {
        return watch.guard(STALLED, this::cut);
    }

    /** Ends it without a word to the host: that word might block. */
    private void cut() {
        try {
            Socket socket = client.getSocket();
            if (socket != null) {
                socket.close();
            }
            via.ifPresent(Link::cut);
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    void close() {
        try (StallWatch.Guard guard = watch.guard(Duration.ofSeconds(3), this::cut)) {
            client.disconnect();
        } catch (IOException e) {
            // It is of no use any more, however it ended.
        }
    }
}
