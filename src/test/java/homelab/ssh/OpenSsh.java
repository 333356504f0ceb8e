package homelab.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real sshd on a port of 127.0.0.1, for the user who runs the tests, with keys of its own in a folder. */
final class OpenSsh implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    private OpenSsh(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Skips the test where there is no sshd, or where it cannot run. */
    static OpenSsh start(Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/sshd")), "OpenSSH's sshd is not installed here");
        assumeTrue(canSeparatePrivileges(), "sshd needs /run/sshd, which only root can make");
        OpenSsh sshd = new OpenSsh(folder, freePort());
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            keygen(folder.resolve("host_" + type), "-t", type);
        }
        Files.createFile(folder.resolve("authorized_keys"));
        sshd.run("host_ed25519", "host_ecdsa", "host_rsa");
        return sshd;
    }

    /** Runs it, in place of the one that runs, with these host keys. */
    void run(String... hostKeys) throws Exception {
        run(List.of(hostKeys), List.of());
    }

    /** With these lines before the usual ones; of a keyword the first line counts. */
    void run(List<String> hostKeys, List<String> first) throws Exception {
        close();
        List<String> lines = new ArrayList<>(first);
        lines.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                // A login shell by sshd reads ~/.bashrc only when SHLVL says that it is the first.
                "SetEnv SHLVL=5",
                "PermitRootLogin yes",
                "AuthorizedKeysFile " + folder.resolve("authorized_keys")));
        for (String key : hostKeys) {
            lines.add("HostKey " + folder.resolve(key));
        }
        Path config = Files.write(folder.resolve("sshd_config"), lines);
        process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        awaitPort();
    }

    /** A user's key that this sshd takes. */
    Path userKey(String name, String... options) throws Exception {
        Path key = folder.resolve(name);
        keygen(key, options);
        Files.writeString(
                folder.resolve("authorized_keys"),
                Files.readString(folder.resolve("authorized_keys")) + Files.readString(Path.of(key + ".pub")));
        return key;
    }

    static void keygen(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", "", "-f", file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private void awaitPort() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                assumeTrue(process.isAlive(), "sshd does not run here: " + log());
                Thread.sleep(25);
            }
        }
        throw new IOException("sshd did not start: " + log());
    }

    private static boolean canSeparatePrivileges() {
        Path folder = Path.of("/run/sshd");
        return Files.isDirectory(folder) || folder.toFile().mkdir();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
