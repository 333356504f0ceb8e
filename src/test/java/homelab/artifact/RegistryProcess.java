package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The registry of the Distribution project (Debian's docker-registry) as a process on this machine. */
public final class RegistryProcess implements AutoCloseable {
    private static final String PROGRAM = "docker-registry";
    // hunter2, by crypt(3) with the least cost that bcrypt knows but one
    private static final String KNOWN = "tony:$2b$05$abcdefghijklmnopqrstuuoXuKqgZXLiJqzfmMXDDhSFPIvxV7t8.\n";
    private static final String CONFIG = """
            version: 0.1
            log: {level: warn}
            storage: {filesystem: {rootdirectory: FOLDER/data}}
            http: {addr: "ADDRESS:PORT"}
            auth: AUTH
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path log;

    /** One that lets in who knows that tony's password is hunter2. */
    static RegistryProcess knowingTony(Path folder) throws IOException, InterruptedException {
        return knowingTony(folder, "127.0.0.1");
    }

    /** @param address where it listens; "0.0.0.0" is everywhere */
    public static RegistryProcess knowingTony(Path folder, String address) throws IOException, InterruptedException {
        Path known = Files.writeString(folder.resolve("known"), KNOWN);
        return new RegistryProcess(folder, address, "{htpasswd: {realm: home, path: " + known + "}}");
    }

    /** @param auth as its file says it */
    RegistryProcess(Path folder, String auth) throws IOException, InterruptedException {
        this(folder, "127.0.0.1", auth);
    }

    private RegistryProcess(Path folder, String address, String auth) throws IOException, InterruptedException {
        port = freePort();
        log = folder.resolve("log");
        Path config = Files.writeString(
                folder.resolve("config.yml"),
                CONFIG.replace("FOLDER", folder.toString())
                        .replace("ADDRESS", address)
                        .replace("PORT", String.valueOf(port))
                        .replace("AUTH", auth));
        process = new ProcessBuilder(PROGRAM, "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitPort();
    }

    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        close();
        throw new AssertionError("the registry does not come up:\n" + Files.readString(log));
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** What it wrote, requests among it. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** As {@code helm push} does it. @param pass the header {@code Authorization} */
    void push(String pass, String name, String tag, String chart) throws IOException, InterruptedException {
        String config = blob(pass, name, "{}");
        String packed = blob(pass, name, chart);
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("application/vnd.cncf.helm.config.v1+json", config, 2) + ",\"layers\":["
                        + descriptor("application/vnd.cncf.helm.chart.content.v1.tar+gzip", packed, chart.length())
                        + "]}";
        said(
                pass,
                201,
                put("/v2/" + name + "/manifests/" + tag, manifest, "application/vnd.oci.image.manifest.v1+json"));
    }

    private static String descriptor(String type, String digest, int size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private String blob(String pass, String name, String content) throws IOException, InterruptedException {
        String digest = "sha256:" + FetchTest.sha256(content.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> begun = said(
                pass,
                202,
                HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/" + name + "/blobs/uploads/"))
                        .POST(BodyPublishers.noBody()));
        String at = begun.headers().firstValue("Location").orElseThrow();
        said(
                pass,
                201,
                put(at + (at.contains("?") ? "&" : "?") + "digest=" + digest, content, "application/octet-stream"));
        return digest;
    }

    private HttpRequest.Builder put(String at, String body, String type) {
        return HttpRequest.newBuilder(URI.create("http://" + host()).resolve(at))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> said(String pass, int status, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(request.header("Authorization", pass).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
