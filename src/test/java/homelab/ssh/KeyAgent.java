package homelab.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real ssh-agent with a socket of its own. */
final class KeyAgent implements AutoCloseable {
    private final Path socket;
    private final Process process;

    private KeyAgent(Path socket, Process process) {
        this.socket = socket;
        this.process = process;
    }

    static KeyAgent start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "ssh-agent is not installed here");
        // The name of a socket has room for a hundred letters, which a folder of a test may take up.
        Path socket = Files.createTempDirectory("agent").resolve("s");
        Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < 200 && !Files.exists(socket); i++) {
            Thread.sleep(10);
        }
        return new KeyAgent(socket, process);
    }

    KeyAgent with(Path key) throws Exception {
        ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString());
        add.environment().put("SSH_AUTH_SOCK", socket.toString());
        Process adding = add.inheritIO().start();
        if (!adding.waitFor(10, TimeUnit.SECONDS) || adding.exitValue() != 0) {
            throw new IllegalStateException("ssh-add did not take " + key);
        }
        return this;
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }
}
