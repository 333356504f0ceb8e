package homelab.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * A public key as it stands in files of OpenSSH.
 *
 * @param type "ssh-ed25519", "ecdsa-sha2-nistp256" …
 * @param base64 the key in wire format
 */
record HostKey(String type, String base64) {

    static HostKey of(PublicKey key) {
        byte[] wire = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        return new HostKey(KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(wire));
    }

    // Written out for the sake of the start, as in NodeName.
    @Override
    public boolean equals(Object other) {
        return other instanceof HostKey key && type.equals(key.type) && base64.equals(key.base64);
    }

    @Override
    public int hashCode() {
        return base64.hashCode();
    }

    /** As {@code ssh-keygen -l} prints it: {@code SHA256:…}. */
    String fingerprint() {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            return "an unreadable key";
        }
    }
}
