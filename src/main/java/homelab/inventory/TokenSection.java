package homelab.inventory;

import homelab.model.SecretSource;
import java.util.Optional;

/** {@code k3s.token:}: a source of the secret, never the secret. */
final class TokenSection {
    private TokenSection() {}

    static Optional<SecretSource> read(Fields k3s, Paths paths) {
        return k3s.value("token").flatMap(value -> SourceSection.read("k3s.token", value, k3s.mistakes(), paths));
    }
}
