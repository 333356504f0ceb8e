package homelab.ssh;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** OpenSSH's StrictHostKeyChecking=accept-new: a new host is written down, a changed one refused. */
final class AcceptNew implements HostKeyVerifier {
    private final KnownHosts known;
    private volatile Optional<Refusal> refusal = Optional.empty();

    AcceptNew(KnownHosts known) {
        this.known = known;
    }

    /** What the host showed, and the line that it contradicts. */
    record Refusal(HostKey shown, KnownHostsLine line) {}

    /** Why the last host was refused, if it was. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        HostKey shown = HostKey.of(key);
        KnownHosts.Verdict verdict = known.judge(host, port, shown);
        if (verdict instanceof KnownHosts.Other other) {
            refusal = Optional.of(new Refusal(shown, other.line()));
            return false;
        }
        if (verdict instanceof KnownHosts.New) {
            remember(host, port, shown);
        }
        return true;
    }

    private void remember(String host, int port, HostKey key) {
        try {
            known.add(host, port, key);
        } catch (IOException e) {
            // A home that cannot be written (read-only, full) is no reason not to work; OpenSSH goes on too.
        }
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        List<String> algorithms = new ArrayList<>(known.types(host, port));
        if (algorithms.remove("ssh-rsa")) {
            // The file names the kind of key; these are the signatures that go with it.
            algorithms.addAll(List.of("rsa-sha2-512", "rsa-sha2-256"));
        }
        return algorithms;
    }
}
