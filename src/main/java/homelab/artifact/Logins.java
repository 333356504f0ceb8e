package homelab.artifact;

import homelab.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What opens registries. Asked when a registry wants to know who comes, and not before. */
@FunctionalInterface
public interface Logins {
    Logins NONE = registry -> Optional.empty();

    /** @param registry its host as references have it, "ghcr.io" or "localhost:5000" */
    Optional<Login> of(String registry);

    /** Somebody whom a registry knows. */
    record Login(String username, Secret password) {

        /** The header {@code Authorization} (RFC 7617). */
        String header() {
            byte[] both = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
    }
}
