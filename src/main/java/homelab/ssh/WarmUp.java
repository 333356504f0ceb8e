package homelab.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import net.schmizz.sshj.SSHClient;

/**
 * Loads and initialises what every connection needs, while the inventory is still being read by another thread and the
 * other cores are idle. It does nothing that a connection would not do, and tells of nothing that goes wrong: the
 * connection will.
 */
final class WarmUp implements Runnable {

    /** Begins at once, beside whatever runs. */
    static void begin() {
        Thread thread = new Thread(new WarmUp(), "homelab-ssh-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try (SSHClient client = new SSHClient(new LeanConfig())) {
            client.getTransport().getConfig().getRandomFactory().create().fill(new byte[8]);
            exchangeKeys();
            sign();
            Cipher.getInstance("AES/CTR/NoPadding");
            Mac.getInstance("HmacSHA256");
        } catch (Exception | LinkageError e) {
            // Whatever is missing is missed, and told, where a host is connected.
        }
    }

    private static void exchangeKeys() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        agreement.generateSecret();
    }

    private static void sign() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.verify(signed);
    }
}
