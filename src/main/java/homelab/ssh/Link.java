package homelab.ssh;

import homelab.host.HostProblems;
import homelab.host.Script;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;

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

    /**
     * Tells that a script's end was not seen, and closes what can no longer be trusted, so that whoever connects next
     * gets another connection even when sshj has not noticed yet.
     */
    Failure lost(NodeName node, Script script, IOException seen) {
        if (seen instanceof InterruptedIOException) {
            return new Failure(Exit.INTERRUPTED, List.of());
        }
        if (!(seen instanceof OpenFailException)) {
            close();
        }
        return new Failure(Exit.BLIND, HostProblems.lost(node, script.title(), SshProblems.seen(seen)), seen);
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
