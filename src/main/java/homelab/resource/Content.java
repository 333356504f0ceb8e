package homelab.resource;

import homelab.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file is to hold, UTF-8. */
public sealed interface Content {

    /** May be shown. */
    record Open(String text) implements Content {}

    /** Never shown, not even by its sum: a short secret can be guessed from it. */
    record Hidden(Secret secret) implements Content {}

    static Content of(String text) {
        return new Open(text);
    }

    static Content of(Secret secret) {
        return new Hidden(secret);
    }

    /** The text itself, which goes into the deed's script and nowhere else. */
    default String reveal() {
        return this instanceof Hidden hidden ? hidden.secret().reveal() : ((Open) this).text();
    }

    /** 64 lower-case hex digits. */
    default String sha256() {
        return sha256(reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** 64 lower-case hex digits, as {@code sha256sum} prints them. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** SHA-256 of what is yet to come. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
