package homelab.s3;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * A bucket of a storage that speaks S3, by its path below the endpoint, which all of them know. An object is there whole
 * or not at all. Every call throws a Failure: with exit BLIND when the storage is not reached, else with FAILED.
 */
public final class Bucket {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long SLOWEST_BYTES_PER_SECOND = 128 * 1024;

    private final URI endpoint;
    private final String name;
    private final Signature signature;
    private final Faults faults;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public Bucket(URI endpoint, String region, String name, Credentials credentials) {
        this.endpoint = endpoint;
        this.name = name;
        this.signature = new Signature(region, credentials);
        this.faults = new Faults(endpoint, name);
    }

    /** All objects whose key begins so. */
    public List<Item> list(String prefix) {
        List<Item> items = new ArrayList<>();
        String next = "";
        do {
            String query = (next.isEmpty() ? "" : "continuation-token=" + encoded(next) + "&") + "list-type=2&prefix="
                    + encoded(prefix);
            Answers.Listed page = listed(text("GET", URI.create(base() + "?" + query)));
            items.addAll(page.items());
            next = page.next();
        } while (!next.isEmpty());
        return items;
    }

    private Answers.Listed listed(String xml) {
        try {
            return Answers.listed(xml);
        } catch (XMLStreamException | RuntimeException e) {
            throw faults.strange(e);
        }
    }

    /** A small object. */
    public String text(String key) {
        return text("GET", at(key));
    }

    public void delete(String key) {
        text("DELETE", at(key));
    }

    /** @param bytes how many are expected, for how long it may take */
    public void get(String key, Path into, long bytes) {
        BodyHandler<String> handler = answer -> answer.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(into, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        file -> "")
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
        send(signature.signed("GET", at(key), Optional.empty()), BodyPublishers.noBody(), "GET", handler, bytes);
    }

    /** In place of one of the same key. */
    public void put(String key, Path file) {
        try {
            BodyPublisher body = BodyPublishers.ofFile(file);
            HttpRequest.Builder signed = signature.signed("PUT", at(key), Optional.of(file));
            send(signed, body, "PUT", BodyHandlers.ofString(), Files.size(file));
        } catch (IOException e) {
            throw faults.strange(e);
        }
    }

    private String text(String method, URI uri) {
        return send(
                signature.signed(method, uri, Optional.empty()),
                BodyPublishers.noBody(),
                method,
                BodyHandlers.ofString(),
                0);
    }

    private String send(
            HttpRequest.Builder signed, BodyPublisher body, String method, BodyHandler<String> handler, long bytes) {
        Duration limit = Duration.ofSeconds(20 + bytes / SLOWEST_BYTES_PER_SECOND);
        try {
            HttpResponse<String> answer =
                    client.send(signed.method(method, body).timeout(limit).build(), handler);
            if (answer.statusCode() / 100 != 2) {
                throw faults.refused(answer.statusCode(), answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw faults.away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", ""), e);
        }
    }

    private String base() {
        return endpoint.toString().replaceFirst("/+$", "") + "/" + name;
    }

    private URI at(String key) {
        return URI.create(base() + "/" + encoded(key).replace("%2F", "/"));
    }

    /** As signatures want it: a blank is %20, and a tilde itself. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
