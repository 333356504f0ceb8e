package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A scratch folder with programs that answer as they are told, in which a script of a host runs. */
record HostDouble(Path root) {
    private static final Path SCRIPTS = Path.of("templates/usr/local/lib/homelab");

    record Ran(int exit, String said) {}

    /** A program that does what the sh says. */
    HostDouble program(String name, String sh) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + sh + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    void keep(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    String text(String file) throws IOException {
        Path path = root.resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    Ran run(String shell, String script, String words, Map<String, String> environment)
            throws IOException, InterruptedException {
        String line = shell + " " + SCRIPTS.resolve(script).toAbsolutePath() + " " + words;
        ProcessBuilder builder = new ProcessBuilder(line.strip().split(" +")).redirectErrorStream(true);
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), said);
    }
}
