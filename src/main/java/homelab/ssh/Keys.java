package homelab.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;

/**
 * The keys that a login is tried with, in OpenSSH's order: those of the agent that were also chosen, the agent's others,
 * then files.
 */
final class Keys {
    private final SSHClient client;
    private final Passphrases passphrases;
    private final List<AuthMethod> usable = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();

    private Keys(SSHClient client, Passphrases passphrases) {
        this.client = client;
        this.passphrases = passphrases;
    }

    static Keys of(SSHClient client, Door.Identity identity, Passphrases passphrases, StallWatch watch) {
        Keys keys = new Keys(client, passphrases);
        List<Path> files = new ArrayList<>(identity.files());
        identity.agent().ifPresent(socket -> keys.ofAgent(new Agent(socket, watch), identity, files));
        for (Path file : files) {
            if (identity.named() || Files.exists(file)) {
                keys.tried.add(keys.load(file));
            }
        }
        return keys;
    }

    /** In the order in which they are tried. */
    List<AuthMethod> usable() {
        return usable;
    }

    /** One line for each key, for people: which it is, or why it cannot be used. */
    List<String> tried() {
        return tried;
    }

    /** Those that the host was asked about. */
    List<String> offered() {
        return offered;
    }

    /** @param files of which those are taken out that the agent has */
    private void ofAgent(Agent agent, Door.Identity identity, List<Path> files) {
        try {
            List<Agent.Identity> others = new ArrayList<>(agent.identities());
            for (Path file : identity.files()) {
                Optional<HostKey> open = new FileKey(file).open();
                others.stream()
                        .filter(held -> open.filter(held.key()::equals).isPresent())
                        .findFirst()
                        .ifPresent(held -> {
                            others.remove(held);
                            files.remove(file);
                            offer(agent, held, file.toString());
                        });
            }
            if (!identity.only()) {
                others.forEach(held -> offer(agent, held, held.comment()));
            }
        } catch (IOException e) {
            tried.add("the agent at " + agent.socket() + " (does not answer: " + e.getMessage() + ")");
        }
    }

    private void offer(Agent agent, Agent.Identity held, String name) {
        String label = name + " of the agent (" + told(held.key()) + ")";
        tried.add(label);
        usable.add(new AgentKey(agent, held, () -> offered.add(label)));
    }

    private String load(Path file) {
        FileKey key = new FileKey(file);
        if (!Files.exists(file)) {
            return file + " (does not exist)";
        }
        if (key.isEncrypted() && passphrases.canAsk() && key.open().isPresent()) {
            HostKey open = key.open().get();
            return add(file, open, new ProtectedKey(open, () -> passphrases.open(client, file)));
        }
        try {
            KeyProvider provider = client.loadKeys(file.toString());
            // Now, because a key that cannot be read must not look like one that was refused.
            provider.getPrivate();
            return add(file, HostKey.of(provider.getPublic()), provider);
        } catch (IOException | RuntimeException e) {
            return file + " (cannot be used: " + reason(key) + ")";
        }
    }

    private String add(Path file, HostKey key, KeyProvider provider) {
        String label = file + " (" + told(key) + ")";
        usable.add(new AuthPublickey(provider) {
            @Override
            protected SSHPacket buildReq() throws UserAuthException {
                offered.add(label);
                return super.buildReq();
            }
        });
        return label;
    }

    private static String told(HostKey key) {
        return key.type() + " " + key.fingerprint();
    }

    /** sshj's own words name classes; the file tells better. */
    private static String reason(FileKey key) {
        if (!Files.isReadable(key.file())) {
            return "permission denied";
        }
        if (key.isPublic()) {
            return "the public half alone, and no agent has the other";
        }
        return key.isEncrypted() ? "protected by a passphrase" : "not a private key of a known form";
    }
}
