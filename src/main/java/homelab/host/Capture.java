package homelab.host;

import java.io.ByteArrayOutputStream;

/** Keeps what a script writes, up to a cap, so that a runaway script does not take our memory. */
public final class Capture {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int cap;
    private boolean overflown;

    /** @param cap in bytes; what comes after is dropped */
    public Capture(int cap) {
        this.cap = cap;
    }

    public synchronized void write(byte[] from, int offset, int length) {
        int room = Math.min(length, cap - kept.size());
        kept.write(from, offset, room);
        overflown |= room < length;
    }

    public synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    /** Whether something was dropped. */
    public synchronized boolean overflown() {
        return overflown;
    }
}
