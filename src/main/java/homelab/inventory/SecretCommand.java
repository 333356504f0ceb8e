package homelab.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program that prints a secret. Its prompts and complaints go to the terminal, its output nowhere else. */
final class SecretCommand {
    private SecretCommand() {}

    /** @param limit of the output, in bytes; what comes after it is not read */
    static byte[] run(String subject, List<String> argv, Duration patience, int limit) {
        Process process = start(subject, argv);
        try {
            // Read beside waiting, since a program that hangs may never close its output.
            byte[] out = CompletableFuture.supplyAsync(() -> output(process, limit))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return finished(subject, process, patience, out);
        } catch (TimeoutException e) {
            throw tooLong(subject, patience);
        } catch (ExecutionException e) {
            throw SecretReader.refused(subject, "its output cannot be read", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SecretReader.refused(subject, "interrupted", "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(String subject, List<String> argv) {
        try {
            return new ProcessBuilder(argv)
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw SecretReader.refused(subject, "it cannot be started", "install it, or name its full path");
        }
    }

    private static byte[] output(Process process, int limit) {
        try {
            return process.getInputStream().readNBytes(limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] finished(String subject, Process process, Duration patience, byte[] out)
            throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw tooLong(subject, patience);
        }
        if (process.exitValue() != 0) {
            throw SecretReader.refused(
                    subject, "it ended with " + process.exitValue(), "run it by hand to see what it lacks");
        }
        return out;
    }

    private static RuntimeException tooLong(String subject, Duration patience) {
        return SecretReader.refused(
                subject,
                "it did not end within " + patience.toSeconds() + " s",
                "run it by hand to see what it waits for");
    }
}
