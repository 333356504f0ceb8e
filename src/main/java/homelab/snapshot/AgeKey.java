package homelab.snapshot;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import homelab.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.util.Optional;

/**
 * A pair of keys of age, as {@code age-keygen} writes them into a file.
 *
 * @param recipient {@code age1…}: who has it can seal
 * @param identity {@code AGE-SECRET-KEY-1…}: who has it can open
 */
public record AgeKey(String recipient, Secret identity) {
    private static final String PUBLIC = "# public key: ";

    private static final String PRIVATE = "AGE-SECRET-KEY-1";

    public static AgeKey make() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new AgeKey(text(pair.getPublic()), new Secret(text(pair.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has X25519 (JEP 324)", e);
        }
    }

    private static String text(Key key) {
        return new String(key.getEncoded(), StandardCharsets.US_ASCII);
    }

    /** The whole file. */
    public Secret file() {
        return new Secret(PUBLIC + recipient + "\n" + identity.reveal() + "\n");
    }

    /** Empty when it holds no pair; a file without its first line does not tell for whom to seal. */
    public static Optional<AgeKey> parse(String file) {
        Optional<String> identity = file.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(PRIVATE))
                .findFirst();
        String recipient = file.lines()
                .filter(line -> line.startsWith(PUBLIC))
                .map(line -> line.substring(PUBLIC.length()).strip())
                .findFirst()
                .orElse("");
        return identity.map(text -> new AgeKey(recipient, new Secret(text)));
    }
}
