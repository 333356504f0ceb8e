package homelab.command;

import homelab.host.Host;
import homelab.resource.Sh;
import java.io.IOException;
import java.io.OutputStream;

/** A file of a host brought here in pieces, each with its own deadline. */
final class Pieces {
    private static final int PIECE = 8 * 1024 * 1024;

    private Pieces() {}

    /** @param size how many bytes of it there are; fewer come when it became shorter meanwhile */
    static void copy(Host host, String file, long size, OutputStream to) throws IOException {
        for (long sent = 0; sent < size; ) {
            byte[] read = SnapshotSeal.run(
                            host, "read", "tail -c +" + (sent + 1) + " " + Sh.quote(file) + " | head -c " + PIECE)
                    .out();
            if (read.length == 0) {
                break;
            }
            to.write(read);
            sent += read.length;
        }
    }
}
