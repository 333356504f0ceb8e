package homelab.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** An SSH server in this JVM that misbehaves as it is told. Its host key is ECDSA: it knows no ed25519. */
final class FakeSshd implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = call -> call.exit(0);
    private volatile Predicate<String> letsIn = fingerprint -> true;

    /** What a command does; it runs in a thread of its own. */
    interface Behaviour {
        void run(Call call) throws Exception;
    }

    /** One command that was asked for. */
    interface Call {
        /** The script runs: it says so first, on both streams. */
        void begin() throws IOException;

        void out(String text) throws IOException;

        void err(String text) throws IOException;

        void exit(int code);

        void drop();
    }

    private FakeSshd(Path folder) {
        SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider(folder.resolve("fake_host_key"));
        key.setAlgorithm("EC");
        key.setKeySize(256);
        server.setKeyPairProvider(key);
        server.setHost("127.0.0.1");
        server.setPublickeyAuthenticator((user, publicKey, session) -> {
            String fingerprint = KeyUtils.getFingerPrint(publicKey);
            if (!offered.contains(fingerprint)) {
                offered.add(fingerprint);
            }
            return letsIn.test(fingerprint);
        });
        server.setCommandFactory((channel, command) -> new Told(command));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                sessions.add(session);
            }
        });
    }

    static FakeSshd start(Path folder, int port) throws IOException {
        FakeSshd fake = new FakeSshd(folder);
        fake.server.setPort(port);
        fake.server.start();
        return fake;
    }

    static FakeSshd startWithOldKeyExchangeOnly(Path folder) throws IOException {
        FakeSshd fake = new FakeSshd(folder);
        fake.server.setKeyExchangeFactories(List.of(ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14)));
        fake.server.start();
        return fake;
    }

    FakeSshd answering(Behaviour answer) {
        behaviour = answer;
        return this;
    }

    FakeSshd lettingIn(Predicate<String> fingerprint) {
        letsIn = fingerprint;
        return this;
    }

    int port() {
        return server.getPort();
    }

    List<String> commands() {
        return commands;
    }

    /** Fingerprints of the keys, in the order in which they came. */
    List<String> offered() {
        return offered;
    }

    int connections() {
        return sessions.size();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private final class Told extends AbstractCommandSupport implements Call {
        Told(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            commands.add(getCommand());
            try {
                behaviour.run(this);
            } catch (Exception e) {
                onExit(99, e.toString());
            }
        }

        @Override
        public void begin() throws IOException {
            Matcher said = Pattern.compile("echo (\\S+-begin);").matcher(line());
            if (said.find()) {
                out(said.group(1) + "\n");
                err(said.group(1) + "\n");
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = getInputStream().read();
                    c >= 0 && c != '\n';
                    c = getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        }

        @Override
        public void out(String text) throws IOException {
            write(getOutputStream(), text);
        }

        @Override
        public void err(String text) throws IOException {
            write(getErrorStream(), text);
        }

        private void write(OutputStream to, String text) throws IOException {
            to.write(text.getBytes(StandardCharsets.UTF_8));
            to.flush();
        }

        @Override
        public void exit(int code) {
            onExit(code);
        }

        @Override
        public void drop() {
            sessions.forEach(session -> session.close(true));
        }
    }
}
