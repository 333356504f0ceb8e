package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program said when it was run to its end. */
record Said(int exit, String out, String err) {

    static Said by(Duration limit, String... command) {
        return by(limit, Map.of(), List.of(command));
    }

    /** Its output goes through files: a daemon that it leaves behind may keep a pipe open for ever. */
    static Said by(Duration limit, Map<String, String> env, List<String> command) {
        try {
            Path out = Files.createTempFile("story", ".out");
            Path err = Files.createTempFile("story", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(new java.io.File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(env);
                int exit = end(builder.start(), limit, command);
                return new Said(exit, text(out), text(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int end(Process process, Duration limit, List<String> command) {
        try {
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("no end within " + limit.toSeconds() + " s: " + String.join(" ", command));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** What it wrote, for a program that must succeed. */
    String ok() {
        if (exit != 0) {
            throw new AssertionError("it ended with " + exit + ":\n" + out + err);
        }
        return out.strip();
    }
}
