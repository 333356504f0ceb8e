package homelab.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a storage in this process that proves the sum of what it takes; whether signatures are right, a soak tells. */
class BucketTest {
    private static final Credentials KEYS = new Credentials(new Secret("AKIAX"), new Secret("hunter2"));

    @TempDir
    private Path folder;

    private final Map<String, byte[]> objects = new TreeMap<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;
    private String refusal = "";
    private int status = 403;

    @BeforeEach
    void aStorage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/homelab", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Bucket bucket() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Bucket(endpoint, "us-east-1", "homelab", KEYS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestURI().getPath().replaceFirst("^/homelab/?", "");
        if (!refusal.isEmpty()) {
            send(
                    exchange,
                    status,
                    "<?xml version=\"1.0\"?><Error><Code>" + refusal + "</Code><Message>no</Message></Error>");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            boolean proved = sum(body).equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
            objects.put(key, body);
            send(exchange, proved ? 200 : 400, "");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            objects.remove(key);
            exchange.sendResponseHeaders(204, -1);
        } else if (key.isEmpty()) {
            send(exchange, 200, page(exchange.getRequestURI().getQuery()));
        } else {
            send(exchange, 200, new String(objects.get(key), StandardCharsets.UTF_8));
        }
    }

    /** One object on each. */
    private String page(String query) {
        List<String> keys = new ArrayList<>(objects.keySet());
        int at = query.startsWith("continuation-token=")
                ? Integer.parseInt(query.split("[=&]")[1].replace("p ", ""))
                : 0;
        String contents = keys.isEmpty()
                ? ""
                : "<Contents><Key>" + keys.get(at).replace("&", "&amp;")
                        + "</Key><LastModified>2026-11-19T08:14:00.000Z</LastModified><Size>"
                        + objects.get(keys.get(at)).length + "</Size></Contents>";
        String next = at + 1 < keys.size() ? "<NextContinuationToken>p " + (at + 1) + "</NextContinuationToken>" : "";
        return "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + next
                + contents + "</ListBucketResult>";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsPutIsListedOverSeveralPagesAndComesBackAndGoes() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "sealed");
        bucket().put("two-pis/a-1.age", file);
        bucket().put("two-pis/b & c.age", file);

        assertThat(bucket().list("two-pis/"))
                .extracting(Item::key)
                .containsExactly("two-pis/a-1.age", "two-pis/b & c.age");
        assertThat(bucket().list("two-pis/")).extracting(Item::bytes).containsOnly(6L);
        Path back = Files.writeString(folder.resolve("back"), "longer than that");
        bucket().get("two-pis/a-1.age", back, 6);
        assertThat(back).hasContent("sealed");
        bucket().delete("two-pis/a-1.age");
        assertThat(objects).containsOnlyKeys("two-pis/b & c.age");
        assertThat(authorizations)
                .allMatch(text -> text.startsWith("AWS4-HMAC-SHA256 Credential=AKIAX/") && !text.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, there is no bucket homelab at",
        "403, InvalidAccessKeyId, refuses the keys",
        "403, SignatureDoesNotMatch, refuses the keys",
        "403, RequestTimeTooSkewed, does not believe the time of this machine",
        "301, PermanentRedirect, is in another region",
        "503, SlowDown, did not do it"
    })
    void whatTheStorageSaysIsToldInWords(int with, String code, String what) {
        status = with;
        refusal = code;

        assertThatThrownBy(() -> bucket().list("")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(Exit.FAILED);
            assertThat(failure.problems().get(0).what()).contains(what);
            assertThat(failure.problems().get(0).why()).contains(code);
            assertThat(failure.problems().get(0).fix()).isNotEmpty();
        });
    }

    @Test
    void aStorageThatIsAwayAndOneThatIsNoneAreToldApart() {
        Bucket bucket = bucket();
        server.removeContext("/homelab");
        server.createContext("/homelab", exchange -> {
            try (exchange) {
                send(exchange, 200, "<html>hello");
            }
        });
        assertThatThrownBy(() -> bucket.list("")).hasMessageContaining("does not answer as S3 does");
        server.stop(0);

        assertThatThrownBy(() -> bucket.list("")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(Exit.BLIND);
            assertThat(failure.problems().get(0).what()).contains("cannot be reached");
        });
    }
}
