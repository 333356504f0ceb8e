package homelab.ssh;

import homelab.host.Asker;
import homelab.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * Keys that a passphrase protects, opened once in a run for all hosts. What is kept is the key, in memory; the passphrase
 * is forgotten. Whether it fits is seen here, so that asking again costs nobody a login.
 */
final class Passphrases {
    private static final int TRIES = 3;

    private final Asker asker;
    private final Map<Path, Optional<KeyProvider>> opened = new HashMap<>();

    Passphrases(Asker asker) {
        this.asker = asker;
    }

    boolean canAsk() {
        return asker != Asker.NOBODY;
    }

    /** Nothing when nobody answers, or not rightly. Whoever comes meanwhile waits for the one answer. */
    synchronized Optional<KeyProvider> open(SSHClient client, Path file) {
        return opened.computeIfAbsent(file, path -> ask(client, path));
    }

    private Optional<KeyProvider> ask(SSHClient client, Path file) {
        for (int tries = 1; tries <= TRIES; tries++) {
            String again = tries == 1 ? "" : "That does not fit. ";
            Optional<Secret> said = asker.ask(again + "Passphrase of " + file + ": ");
            if (said.isEmpty() || said.get().reveal().isEmpty()) {
                return Optional.empty();
            }
            Optional<KeyProvider> key = tried(client, file, said.get());
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    private static Optional<KeyProvider> tried(SSHClient client, Path file, Secret passphrase) {
        try {
            KeyProvider provider = client.loadKeys(
                    file.toString(),
                    PasswordUtils.createOneOff(passphrase.reveal().toCharArray()));
            PrivateKey key = provider.getPrivate();
            return key == null ? Optional.empty() : Optional.of(provider);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
