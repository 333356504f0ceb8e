package homelab.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
 *
 * @param number counted from 1
 * @param marker "@revoked", "@cert-authority" or empty
 * @param hosts patterns, or one hashed name
 */
record KnownHostsLine(int number, String marker, String hosts, HostKey key) {

    /** Nothing for comments, empty lines and what cannot be understood. */
    static Optional<KnownHostsLine> parse(int number, String line) {
        String[] words = line.strip().split("\\s+");
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words[0].startsWith("#") || words.length < first + 3) {
            return Optional.empty();
        }
        String marker = first == 1 ? words[0] : "";
        return Optional.of(
                new KnownHostsLine(number, marker, words[first], new HostKey(words[first + 1], words[first + 2])));
    }

    /** How the file names a host: a port other than 22 is part of the name. */
    static String name(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == 22 ? lower : "[" + lower + "]:" + port;
    }

    boolean isPlain() {
        return marker.isEmpty();
    }

    boolean isRevoked() {
        return marker.equals("@revoked");
    }

    boolean isAbout(String host, int port) {
        String name = name(host, port);
        return hosts.startsWith("|1|") ? isHashOf(name) : matches(name);
    }

    private boolean matches(String name) {
        boolean found = false;
        for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",")) {
            boolean not = pattern.startsWith("!");
            if (glob(not ? pattern.substring(1) : pattern).matcher(name).matches()) {
                if (not) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
                .collect(Collectors.joining()));
    }

    /** {@code |1|salt|HMAC-SHA1(salt, name)}, both base64. */
    private boolean isHashOf(String name) {
        String[] parts = hosts.split("\\|");
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
