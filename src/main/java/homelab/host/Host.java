package homelab.host;

import homelab.model.NodeName;
import java.nio.file.Path;

/**
 * A machine that runs scripts and takes files. Safe for use by several threads; everything goes over one connection.
 * Every call throws {@link homelab.problem.Failure} with a Problem that names the host when the host cannot be reached
 * (exit BLIND) or the connection is lost in the middle (the outcome is then unknown, and the Problem says so).
 */
public interface Host extends AutoCloseable {

    NodeName name();

    /** Runs the script to its end. A non-zero exit code is an answer, not a failure. */
    Output run(Script script);

    /**
     * Streams a local file to a path on the host, as root, into a part beside it, fsynced and renamed only
     * when its SHA-256 there equals {@code sha256}. Leaves the target untouched otherwise.
     *
     * @param sha256 64 lower-case hex digits
     * @param mode octal, e.g. "0755"
     * @param progress told the number of bytes sent so far
     */
    void upload(Path local, String remotePath, String sha256, String mode, Progress progress);

    /** Starts a script whose standard input stays open and is written to later (the lock's heartbeat). */
    Session open(Script script);

    /** Forwards a port of 127.0.0.1 here, chosen by the system, to one seen from the host. */
    Forward forward(String remoteAddress, int remotePort);

    /**
     * Connects anew when the connection is gone. What was going on when it went is not known, and is to be looked up.
     * Throws a Failure when the host does not come back.
     */
    default void revive() {
        // A host that has no connection cannot lose it.
    }

    @Override
    void close();

    /** Told how far a transfer is. */
    interface Progress {
        Progress NONE = sent -> {};

        void sent(long bytes);
    }

    /** A running script. */
    interface Session extends AutoCloseable {
        /** The next line that it writes; empty when it has ended. Blocks. */
        java.util.Optional<String> readLine();

        /** Throws a Failure when the script has ended or the connection is gone. */
        void writeLine(String line);

        boolean alive();

        @Override
        void close();
    }

    /** A forwarded port, open until closed. */
    interface Forward extends AutoCloseable {
        int localPort();

        @Override
        void close();
    }
}
