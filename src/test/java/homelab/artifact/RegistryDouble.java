package homelab.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A registry with one chart, {@code charts/whoami} 1.0.0+7, that wants a token and keeps its files in a storage elsewhere,
 * which answers 400 to whoever brings the token along, as those of the big ones do.
 */
final class RegistryDouble implements AutoCloseable {
    static final String CHART = "packed";
    static final String SUM = FetchTest.sha256(CHART.getBytes(StandardCharsets.UTF_8));
    private static final String TOKEN = "Bearer anybody";

    private final HttpServer server;
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    volatile boolean givesTokens = true;
    /** Whether it wants no token. */
    volatile boolean open;
    /** What {@code Authorization} must be where tokens are had; empty when anybody gets one. */
    volatile String opens = "";
    /** Where it says that tokens are had; empty for here. */
    volatile String realm = "";

    volatile String layer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    RegistryDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        asked.add(path);
        if (path.startsWith("/token?service=here&scope=repository%3Acharts%2Fwhoami%3Apull")) {
            boolean known = opens.isEmpty() || token.equals(opens);
            say(exchange, givesTokens && known ? 200 : 401, "{\"token\":\"anybody\"}");
        } else if (path.startsWith("/storage/")) {
            say(exchange, token.equals("null") ? 200 : 400, CHART);
        } else if (!open && !token.equals(TOKEN)) {
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + (realm.isEmpty() ? "http://" + host() + "/token" : realm)
                                    + "\",service=\"here\",scope=\"repository:charts/whoami:pull\"");
            say(exchange, 401, "{}");
        } else if (path.equals("/v2/charts/whoami/manifests/1.0.0_7")) {
            say(exchange, 200, manifest());
        } else if (path.equals("/v2/charts/whoami/blobs/sha256:" + SUM)) {
            exchange.getResponseHeaders().add("Location", "http://" + host() + "/storage/it?signed=yes");
            say(exchange, 307, "");
        } else {
            say(exchange, 404, "{}");
        }
    }

    private String manifest() {
        return "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\"},\"layers\":[{"
                + "\"mediaType\":\"application/vnd.cncf.helm.chart.provenance.v1.prov\",\"digest\":\"sha256:"
                + "0".repeat(64) + "\"},{\"mediaType\":\"" + layer + "\",\"digest\":\"sha256:" + SUM
                + "\"}]}";
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
