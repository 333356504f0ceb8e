package homelab.doctor.k3s;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The certificates by which the API knows a webhook, in base64 as an object holds them. */
final class CaBundle {
    private CaBundle() {}

    /** When the first of them ends; empty where there is none, or it cannot be read. */
    static Optional<Instant> ends(String base64) {
        if (base64.isBlank()) {
            return Optional.empty();
        }
        try {
            String pem = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
            return Optional.of(CertificateFiles.of("caBundle", pem).ends());
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
