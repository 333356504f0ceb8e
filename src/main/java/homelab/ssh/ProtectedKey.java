package homelab.ssh;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Shown by its public half; opened, and its passphrase asked for, only when a host takes it. */
record ProtectedKey(HostKey open, Supplier<Optional<KeyProvider>> opening) implements KeyProvider {

    @Override
    public PublicKey getPublic() throws IOException {
        return new Buffer.PlainBuffer(Base64.getDecoder().decode(open.base64())).readPublicKey();
    }

    @Override
    public PrivateKey getPrivate() throws IOException {
        return opening.get()
                .orElseThrow(() -> new IOException("its passphrase was not given"))
                .getPrivate();
    }

    @Override
    public KeyType getType() {
        return KeyType.fromString(open.type());
    }
}
