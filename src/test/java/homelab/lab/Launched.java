package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The real launcher at work in a process of its own, for what only a process can show. */
final class Launched {
    static final Path LAUNCHER = Path.of("cli/homelab").toAbsolutePath();
    private static final Duration TO_BUILD = Duration.ofMinutes(10);

    private final Process process;
    private final Path out;
    private final Path err;

    private Launched(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Launched homelab(Homelab user, String... words) {
        return saying(user, user.arguments(words));
    }

    /** @param words all of them, the inventory too */
    static Launched saying(Homelab user, String... words) {
        built();
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(words));
        try {
            Path out = Files.createTempFile(user.folder(), "launched", ".out");
            Path err = Files.createTempFile(user.folder(), "launched", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(user.env());
            return new Launched(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a shell says of a command line in which {@code $HOMELAB} stands for the launcher. */
    static Said shell(Homelab user, String line) {
        built();
        var env = new java.util.HashMap<>(user.env());
        env.put("HOMELAB", LAUNCHER.toString());
        env.put("INVENTORY", user.arguments()[1]);
        return Said.by(Duration.ofMinutes(2), env, List.of("bash", "-c", line));
    }

    /** The launcher compiles these sources once, which needs the home of this machine's user. */
    static void built() {
        Said.by(TO_BUILD, LAUNCHER.toString(), "--version").ok();
    }

    /** Waits until its progress says so. */
    Launched until(String text) {
        until("it says " + text, () -> err().contains(text));
        return this;
    }

    void until(String what, BooleanSupplier so) {
        until(what, Duration.ofSeconds(90), so);
    }

    void until(String what, Duration within, BooleanSupplier so) {
        long end = System.nanoTime() + within.toNanos();
        while (!so.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("never: " + what + "\n" + text(out) + err());
            }
            rest();
        }
    }

    /** Waits for something that comes by itself. */
    static void eventually(String what, BooleanSupplier so) {
        eventually(what, Duration.ofSeconds(30), so);
    }

    static void eventually(String what, Duration within, BooleanSupplier so) {
        long end = System.nanoTime() + within.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            rest();
        }
    }

    private static void rest() {
        pause(Duration.ofMillis(50));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** By name: INT is what Ctrl-C sends. */
    Launched signal(String name) {
        Said.by(Duration.ofSeconds(5), "kill", "-" + name, "" + process.pid()).ok();
        return this;
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Said end() {
        return end(Duration.ofSeconds(150));
    }

    Said end(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end:\n" + err());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return new Said(process.exitValue(), text(out), err());
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
