package homelab.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/** What a file with a private key tells without its passphrase. */
record FileKey(Path file) {
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    /** The public half: in OpenSSH's form it stands in the open, and else perhaps in the file beside it. */
    Optional<HostKey> open() {
        try {
            String text = Files.readString(file);
            if (text.startsWith("ssh-") || text.startsWith("ecdsa-") || text.startsWith("sk-")) {
                return line(text);
            }
            if (text.contains("BEGIN OPENSSH PRIVATE KEY")) {
                return container(text);
            }
            Path beside = Path.of(file + ".pub");
            return Files.isReadable(beside) ? line(Files.readString(beside)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the file is a public key alone, whose other half an agent may have. */
    boolean isPublic() {
        try {
            return Files.size(file) < 1 << 16 && Files.readString(file).matches("(?s)(ssh|ecdsa|sk)-\\S+ AAAA.*");
        } catch (IOException e) {
            return false;
        }
    }

    boolean isEncrypted() {
        try {
            String text = Files.readString(file);
            // In OpenSSH's form the word "none" or a cipher's name follows the magic, in base64.
            return text.contains("ENCRYPTED")
                    || text.contains("OPENSSH PRIVATE KEY") && !text.contains("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<HostKey> line(String text) {
        String[] words = text.strip().split("\\s+");
        return words.length < 2 ? Optional.empty() : Optional.of(new HostKey(words[0], words[1]));
    }

    /** PROTOCOL.key of OpenSSH: magic, cipher, key derivation and its options, the number of keys, public keys. */
    private static Optional<HostKey> container(String text) throws IOException {
        byte[] all = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        if (!Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        Buffer.PlainBuffer rest = new Buffer.PlainBuffer(Arrays.copyOfRange(all, MAGIC.length, all.length));
        rest.readString();
        rest.readString();
        rest.readStringAsBytes();
        rest.readUInt32();
        byte[] blob = rest.readStringAsBytes();
        String type = new Buffer.PlainBuffer(blob).readString();
        return Optional.of(new HostKey(type, Base64.getEncoder().encodeToString(blob)));
    }
}
