package homelab.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A double of who gives tokens for registries: to one login, for what is asked. The tokens are real ones (Distribution,
 * Token Authentication Implementation), signed by a key whose certificate the registry is shown.
 */
final class TokensDouble implements AutoCloseable {
    private static final String SECRET = "changeit";
    private final HttpServer server;
    private final String login;
    private final PrivateKey key;
    private final Certificate certificate;
    private final Path bundle;

    /** @param login the header {@code Authorization} of who gets one */
    TokensDouble(Path folder, String login) throws IOException, InterruptedException, GeneralSecurityException {
        this.login = login;
        Path store = folder.resolve("tokens.p12");
        keytool("-genkeypair", store, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=tokens", "-validity", "2");
        bundle = folder.resolve("tokens.pem");
        keytool("-exportcert", store, "-rfc", "-file", bundle.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        key = (PrivateKey) keys.getKey("tokens", SECRET.toCharArray());
        certificate = keys.getCertificate("tokens");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    private static void keytool(String what, Path store, String... more) throws IOException, InterruptedException {
        List<String> words = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                what,
                                "-alias",
                                "tokens",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                SECRET),
                        Stream.of(more))
                .toList();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    /** As the registry's file says it. */
    String auth() {
        return "{token: {realm: \"http://127.0.0.1:" + server.getAddress().getPort()
                + "/token\", service: registry.home, issuer: tokens.home, rootcertbundle: " + bundle + "}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = login.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String scope = Stream.of(query.split("&"))
                .filter(part -> part.startsWith("scope="))
                .findFirst()
                .orElse("scope=repository::");
        String[] parts = scope.split(":", -1);
        String body = known ? "{\"token\":\"" + token(parts[1], parts[2].split(",")) + "\"}" : "{}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The header {@code Authorization} of who may do that with a repository. */
    String pass(String repository, String... actions) {
        return "Bearer " + token(repository, actions);
    }

    private String token(String repository, String... actions) {
        try {
            String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\""
                    + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"]}";
            long now = Instant.now().getEpochSecond();
            String may = Stream.of(actions).map(action -> "\"" + action + "\"").collect(Collectors.joining(","));
            String claims = "{\"iss\":\"tokens.home\",\"sub\":\"tony\",\"aud\":\"registry.home\",\"jti\":\"1\",\"nbf\":"
                    + (now - 60) + ",\"iat\":" + now + ",\"exp\":" + (now + 60)
                    + ",\"access\":[{\"type\":\"repository\",\"name\":\"" + repository + "\",\"actions\":[" + may
                    + "]}]}";
            String said = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + encoded(claims.getBytes(StandardCharsets.UTF_8));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(said.getBytes(StandardCharsets.UTF_8));
            return said + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
