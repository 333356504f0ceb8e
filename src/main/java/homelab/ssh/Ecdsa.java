package homelab.ssh;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * Lets sshj have the JDK's "EC" key factory under BouncyCastle's name for it, "ECDSA". Without this neither ECDSA keys
 * nor hosts that show one work.
 */
final class Ecdsa extends Provider {
    private static final long serialVersionUID = 1;

    private Ecdsa() {
        super("homelab-ecdsa", "1", "the name ECDSA for the JDK's EC key factory");
        putService(new Service(this, "KeyFactory", "ECDSA", ByTheJdk.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                return new ByTheJdk(KeyFactory.getInstance("EC"));
            }
        });
    }

    /** Does nothing when it was done before. */
    static void install() {
        Security.addProvider(new Ecdsa());
    }

    private static final class ByTheJdk extends KeyFactorySpi {
        private final KeyFactory jdk;

        ByTheJdk(KeyFactory jdk) {
            this.jdk = jdk;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return jdk.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return jdk.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> kind) throws InvalidKeySpecException {
            return jdk.getKeySpec(key, kind);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return jdk.translateKey(key);
        }
    }
}
