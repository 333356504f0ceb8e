package homelab.kubeconfig;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The lock that kubectl takes before it changes a kubeconfig: the file {@code <kubeconfig>.lock} exists. */
record FileLock(Path lock) implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    /** @throws homelab.problem.Failure with exit LOCKED when another holds it for longer than the patience */
    static FileLock take(Path file, Duration patience) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return new FileLock(Files.createFile(lock));
            } catch (FileAlreadyExistsException e) {
                if (System.nanoTime() > end) {
                    throw Refusals.locked(lock);
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
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(lock);
    }
}
