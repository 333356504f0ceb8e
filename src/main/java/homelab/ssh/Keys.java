package homelab.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;

/**
 * The private keys that a login is tried with.
 *
 * @param usable in the order in which they are tried
 * @param tried one line for each file, for people: which key it is, or why it cannot be used
 */
record Keys(List<AuthMethod> usable, List<String> tried) {

    Keys {
        usable = List.copyOf(usable);
        tried = List.copyOf(tried);
    }

    /** The key of the inventory alone, or else the usual ones that exist. */
    static Keys of(SSHClient client, Optional<Path> key, Path home) {
        Path folder = home.resolve(".ssh");
        List<Path> files = key.map(List::of)
                .orElseGet(() ->
                        List.of(folder.resolve("id_ed25519"), folder.resolve("id_ecdsa"), folder.resolve("id_rsa")));
        List<AuthMethod> usable = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        for (Path file : files) {
            if (key.isPresent() || Files.exists(file)) {
                tried.add(load(client, file, usable));
            }
        }
        return new Keys(usable, tried);
    }

    private static String load(SSHClient client, Path file, List<AuthMethod> usable) {
        if (!Files.exists(file)) {
            return file + " (does not exist)";
        }
        try {
            KeyProvider provider = client.loadKeys(file.toString());
            // Now, because a key that cannot be read must not look like one that was refused.
            HostKey key = HostKey.of(provider.getPublic());
            provider.getPrivate();
            usable.add(new AuthPublickey(provider));
            return file + " (" + key.type() + " " + key.fingerprint() + ")";
        } catch (IOException | RuntimeException e) {
            return file + " (cannot be used: " + reason(file) + ")";
        }
    }

    /** sshj's own words name classes; the file tells better. */
    private static String reason(Path file) {
        if (!Files.isReadable(file)) {
            return "permission denied";
        }
        return isEncrypted(file) ? "protected by a passphrase" : "not a private key of a known form";
    }

    private static boolean isEncrypted(Path file) {
        try {
            String text = Files.readString(file);
            // In OpenSSH's form the word "none" or a cipher's name follows the magic, in base64.
            return text.contains("ENCRYPTED")
                    || text.contains("OPENSSH PRIVATE KEY") && !text.contains("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU");
        } catch (IOException e) {
            return false;
        }
    }
}
