package homelab.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A release mirror on the loopback that can be told to misbehave. */
public final class Mirror implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final java.util.concurrent.ExecutorService threads = Executors.newCachedThreadPool();
    /** One entry per request: path and the Range asked for. */
    final List<String> asked = new ArrayList<>();

    volatile int cuts;
    volatile boolean stalls;
    volatile boolean ranges = true;

    public Mirror() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public Mirror put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public Mirror put(String path, String content) {
        return put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        synchronized (asked) {
            asked.add(exchange.getRequestURI().getRawPath() + (range == null ? "" : " " + range));
        }
        byte[] file = files.get(exchange.getRequestURI().getRawPath());
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, file.length - from);
        send(exchange, Arrays.copyOfRange(file, from, file.length));
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        boolean cut = cuts > 0;
        exchange.getResponseBody().write(body, 0, cut || stalls ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
        if (cut) {
            cuts--;
            throw new IOException("cut");
        }
        while (stalls) {
            pause();
        }
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stalls = false;
        server.stop(0);
        threads.shutdownNow();
    }
}
