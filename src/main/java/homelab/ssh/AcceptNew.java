package homelab.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/**
 * OpenSSH's StrictHostKeyChecking: of "accept-new" a new host is written down, of "yes" refused; a changed one is refused
 * by both.
 */
final class AcceptNew implements HostKeyVerifier {
    private final KnownHosts known;
    private final Door door;
    private volatile Optional<Refusal> refusal = Optional.empty();

    AcceptNew(KnownHosts known, Door door) {
        this.known = known;
        this.door = door;
    }

    /** What the host showed, and the line that it contradicts; none when nothing is known of it. */
    record Refusal(HostKey shown, Path file, Optional<KnownHostsLine> line) {}

    /** Why the last host was refused, if it was. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        HostKey shown = HostKey.of(key);
        KnownHosts.Verdict verdict = known.judge(door.knownAs(), door.knownPort(), shown);
        if (verdict instanceof KnownHosts.Other other) {
            refusal = Optional.of(new Refusal(shown, other.file(), Optional.of(other.line())));
            return false;
        }
        if (verdict instanceof KnownHosts.New && door.trust().strict()) {
            refusal = Optional.of(new Refusal(shown, known.file(), Optional.empty()));
            return false;
        }
        if (verdict instanceof KnownHosts.New) {
            remember(shown);
        }
        return true;
    }

    private void remember(HostKey key) {
        try {
            known.add(door.knownAs(), door.knownPort(), key);
        } catch (IOException e) {
            // A home that cannot be written (read-only, full) is no reason not to work; OpenSSH goes on too.
        }
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        List<String> algorithms = new ArrayList<>(known.types(door.knownAs(), door.knownPort()));
        if (algorithms.remove("ssh-rsa")) {
            // The file names the kind of key; these are the signatures that go with it.
            algorithms.addAll(List.of("rsa-sha2-512", "rsa-sha2-256"));
        }
        return algorithms;
    }
}
