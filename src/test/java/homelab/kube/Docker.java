package homelab.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What Docker on this machine can do for tests; every question has a deadline, so that a skip never hangs. */
final class Docker {
    private Docker() {}

    /** Why the image cannot be run with all privileges; empty when it can. */
    static Optional<String> missingToRunPrivileged(String image) {
        if (fails(Duration.ofSeconds(5), "docker", "info").isPresent()) {
            return Optional.of("no Docker daemon answers");
        }
        boolean here = fails(Duration.ofSeconds(5), "docker", "image", "inspect", image)
                .isEmpty();
        Optional<String> pull = here ? Optional.empty() : fails(Duration.ofSeconds(20), "docker", "pull", image);
        if (pull.isPresent()) {
            return Optional.of("image " + image + " cannot be pulled: " + pull.get());
        }
        return fails(Duration.ofSeconds(20), "docker", "run", "--rm", "--privileged", "--entrypoint", "true", image)
                .map(why -> "containers may not be privileged: " + why);
    }

    private static Optional<String> fails(Duration limit, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("no answer within " + limit.toSeconds() + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(said.substring(said.lastIndexOf('\n') + 1));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
