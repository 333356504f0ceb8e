package homelab.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A proxy (Debian's tinyproxy) as a process on this machine, which wants a login and writes down who asked it for what. */
final class ProxyProcess implements AutoCloseable {
    private static final String PROGRAM = "tinyproxy";
    private static final String CONFIG = """
            Port PORT
            Listen 0.0.0.0
            Timeout 60
            LogFile "FOLDER/proxy.log"
            LogLevel Connect
            BasicAuth tony PASSWORD
            """;

    private final Process process;
    private final int port;
    private final Path log;

    ProxyProcess(Path folder, String password) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        log = Files.createFile(folder.resolve("proxy.log"));
        Path config = Files.writeString(
                folder.resolve("proxy.conf"),
                CONFIG.replace("PORT", String.valueOf(port))
                        .replace("FOLDER", folder.toString())
                        .replace("PASSWORD", password));
        process = new ProcessBuilder(PROGRAM, "-d", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.out").toFile())
                .start();
        Launched.pause(Duration.ofSeconds(1));
        if (!process.isAlive()) {
            throw new IOException(Files.readString(folder.resolve("proxy.out")));
        }
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    int port() {
        return port;
    }

    /** The requests that it let through, one a line. */
    String requests() {
        try (Stream<String> lines = Files.lines(log)) {
            return String.join(
                    "\n", lines.filter(line -> line.contains("Request")).toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
