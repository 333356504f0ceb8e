package homelab.ssh;

import homelab.host.Capture;
import homelab.host.Outcome;
import homelab.host.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets through what comes after a line that only our script says. Before it a login shell may greet, and sudo lecture.
 * Where the line never comes, everything is let through at the end: somebody else spoke.
 */
final class Marked implements ExecChannel.Sink {
    /** How much may come before; a greeting is shorter. */
    static final int MOST_BEFORE = 64 * 1024;

    private final byte[] mark;
    private final ExecChannel.Sink rest;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private boolean passing;
    private boolean found;

    Marked(String mark, ExecChannel.Sink rest) {
        this.mark = (mark + "\n").getBytes(StandardCharsets.UTF_8);
        this.rest = rest;
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
        if (passing) {
            rest.write(from, offset, length);
            return;
        }
        before.write(from, offset, length);
        byte[] all = before.toByteArray();
        int at = indexOf(all, mark);
        if (at >= 0) {
            found = true;
            passOn(all, at + mark.length);
        } else if (all.length > MOST_BEFORE) {
            passOn(all, 0);
        }
    }

    private void passOn(byte[] all, int from) {
        passing = true;
        before.reset();
        rest.write(all, from, all.length - from);
    }

    /** To be called at the end: whether the script spoke. */
    synchronized boolean end() {
        if (!passing) {
            passOn(before.toByteArray(), 0);
        }
        return found;
    }

    /** What comes after the mark on the other stream, which was kept whole. */
    static byte[] after(String mark, Capture capture) {
        byte[] all = capture.bytes();
        byte[] line = (mark + "\n").getBytes(StandardCharsets.UTF_8);
        int at = indexOf(all, line);
        int from = at < 0 ? 0 : at + line.length;
        return Arrays.copyOfRange(all, from, Math.min(all.length, from + Outcome.ERR_CAP));
    }

    /** Of a script that did not run: from where sudo begins to speak, whatever a login shell said before. */
    static Output fromSudo(int exit, byte[] errors) {
        String text = new String(errors, StandardCharsets.UTF_8);
        int at = text.startsWith("sudo: ") ? 0 : text.indexOf("\nsudo: ") + 1;
        String said = at > 0 ? text.substring(at) : text;
        return new Output(exit, new byte[0], said.getBytes(StandardCharsets.UTF_8));
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
