package homelab.host;

import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script's process on this machine. Its pipes are polled: reading two of them would take two threads otherwise. */
final class LocalProcess implements AutoCloseable {
    private static final Duration GRACE = Envelope.KILL_AFTER.plusSeconds(5);
    private static final long POLL_MILLIS = 5;

    private final Process process;
    private final long started = System.nanoTime();
    private final Capture out = new Capture(Outcome.OUT_CAP);
    private final Capture err = new Capture(Outcome.ERR_CAP);
    private final byte[] buffer = new byte[64 * 1024];

    private LocalProcess(Process process) {
        this.process = process;
    }

    /** In a session of its own, so that Ctrl-C in our terminal does not tear a script apart. */
    static LocalProcess start(Envelope envelope) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("setsid"));
        arguments.addAll(envelope.arguments());
        LocalProcess started = new LocalProcess(new ProcessBuilder(arguments).start());
        started.send(envelope.input());
        return started;
    }

    /** A process that has ended takes nothing more; how it ended is told by {@link #finish}. */
    private boolean send(byte[] bytes) {
        return send(bytes, bytes.length);
    }

    boolean send(byte[] bytes, int length) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(bytes, 0, length);
            in.flush();
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    void send(Path file, Host.Progress progress) throws IOException {
        try (InputStream from = Files.newInputStream(file)) {
            long sent = 0;
            int read = from.read(buffer);
            while (read >= 0 && send(buffer, read)) {
                sent += read;
                progress.sent(sent);
                read = from.read(buffer);
            }
        }
    }

    Output finish(Outcome.Who who, Script script) throws IOException {
        endInput();
        Duration most = script.limit().plus(GRACE);
        while (!exited()) {
            take();
            if (took().compareTo(most) > 0) {
                throw new Failure(Exit.BLIND, HostProblems.silent(who.node(), script.title(), most.toSeconds()));
            }
        }
        take();
        return Outcome.of(who, script, process.exitValue(), out, err, took());
    }

    Process process() {
        return process;
    }

    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // It has ended without reading all; its exit code tells more.
        }
    }

    private void take() throws IOException {
        take(process.getInputStream(), out);
        take(process.getErrorStream(), err);
    }

    /** Not to the end of the stream: a daemon that the script started may hold it open for ever. */
    private void take(InputStream from, Capture to) throws IOException {
        while (from.available() > 0) {
            to.write(buffer, 0, from.read(buffer, 0, Math.min(buffer.length, from.available())));
        }
    }

    private boolean exited() {
        try {
            return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, List.of());
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public void close() {
        endInput();
        process.destroy();
    }
}
