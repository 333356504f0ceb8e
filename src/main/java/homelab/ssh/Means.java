package homelab.ssh;

import homelab.host.Asker;
import homelab.model.Secret;
import homelab.model.SecretSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user has to get in with.
 *
 * @param home where {@code .ssh} is
 * @param env the environment, for {@code SSH_AUTH_SOCK}
 * @param asker who knows passphrases and passwords
 * @param secrets reads what the inventory names
 */
public record Means(Path home, Map<String, String> env, Asker asker, Function<SecretSource, Secret> secrets) {

    /** Files alone. */
    static Means filesOf(Path home) {
        return new Means(home, Map.of(), Asker.NOBODY, source -> {
            throw new IllegalStateException("no source of secrets is known");
        });
    }

    Optional<Path> agent() {
        return Optional.ofNullable(env.get("SSH_AUTH_SOCK"))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }
}
