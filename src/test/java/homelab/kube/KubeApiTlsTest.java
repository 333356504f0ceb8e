package homelab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import homelab.kubeconfig.KubeconfigEntry;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real TLS server on loopback that asks for a client certificate, with EC keys in the form in which k3s writes them. */
class KubeApiTlsTest {
    @TempDir
    static Path folder;

    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        if (openssl("version") != 0) {
            return;
        }
        for (String ca : new String[] {"server-ca", "client-ca", "other-ca"}) {
            openssl("ecparam -name prime256v1 -genkey -noout -out " + ca + ".key");
            openssl("req -x509 -new -key " + ca + ".key -subj /CN=" + ca + " -days 2 -out " + ca + ".crt");
        }
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1");
        certificate("server", "server-ca", " -extfile san");
        certificate("admin", "client-ca", "");
        openssl("pkcs8 -topk8 -nocrypt -in admin.key -out admin.pkcs8");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(asksForACertificate());
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @BeforeEach
    void requireCertificates() {
        assumeTrue(server != null, "openssl is not installed, so there are no certificates to try");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void talksWithAnEcKeyAndVerifiesTheClustersOwnCa() throws IOException {
        try (KubeApi api = KubeApi.open(entry(port(), "server-ca"))) {
            assertThat(api.raw("/readyz")).isEqualTo("ok");
        }
    }

    @Test
    void takesAKeyInPkcs8Too() throws IOException {
        KubeconfigEntry sec1 = entry(port(), "server-ca");
        KubeconfigEntry pkcs8 = new KubeconfigEntry(
                sec1.server(), sec1.caData(), sec1.clientCertificateData(), new Secret(data("admin.pkcs8")));
        try (KubeApi api = KubeApi.open(pkcs8)) {
            assertThat(api.raw("/readyz")).isEqualTo("ok");
        }
    }

    @Test
    void saysThatAKeyCannotBeReadAndDoesNotShowIt() throws IOException {
        KubeconfigEntry good = entry(port(), "server-ca");
        for (String key : new String[] {"bm8ga2V5", "not base64 %%%"}) {
            KubeconfigEntry bad =
                    new KubeconfigEntry(good.server(), good.caData(), good.clientCertificateData(), new Secret(key));
            assertThatThrownBy(() -> KubeApi.open(bad))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.problems().toString())
                                    .contains("cannot be read")
                                    .doesNotContain(key));
        }
    }

    @Test
    void refusesAServerOfAnotherCa() throws IOException {
        try (KubeApi api = KubeApi.open(entry(port(), "other-ca"))) {
            assertFailure(api, Exit.REFUSED, "not of this cluster's CA");
        }
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (KubeApi api = KubeApi.open(entry(closed, "server-ca"))) {
            assertFailure(api, Exit.BLIND, "nothing listens");
        }
    }

    @Test
    void doesNotWaitForeverForAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                KubeApi api = new KubeApi(
                        Clients.make(entry(silent.getLocalPort(), "server-ca"), Duration.ofMillis(200)), () -> {})) {
            assertFailure(api, Exit.BLIND, "does not answer in time");
        }
    }

    @Test
    void takesNothingFromTheUsersOwnKubeconfig() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("users-own"), "current-context: x\nclusters: [");
        System.setProperty("kubeconfig", kubeconfig.toString());
        try (KubeApi api = KubeApi.open(entry(port(), "server-ca"))) {
            assertThat(api.raw("/readyz")).isEqualTo("ok");
        } finally {
            System.clearProperty("kubeconfig");
        }
    }

    private static int port() {
        return server.getAddress().getPort();
    }

    private static void assertFailure(KubeApi api, Exit exit, String why) {
        assertThatThrownBy(() -> api.raw("/readyz")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.problems().toString()).contains(why);
            assertThat(failure.exit()).isEqualTo(exit);
        });
    }

    private static KubeconfigEntry entry(int port, String ca) throws IOException {
        return new KubeconfigEntry(
                "https://127.0.0.1:" + port, data(ca + ".crt"), data("admin.crt"), new Secret(data("admin.key")));
    }

    private static String data(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(file)));
    }

    private static void certificate(String name, String ca, String more) {
        openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
        openssl("req -new -key " + name + ".key -subj /O=system:masters/CN=system:admin -out " + name + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA " + ca + ".crt -CAkey " + ca + ".key -CAcreateserial -days 2 -out "
                + name + ".crt" + more);
    }

    private static HttpsConfigurator asksForACertificate() throws Exception {
        openssl("pkcs12 -export -in server.crt -inkey server.key -out server.p12 -passout pass:x");
        KeyStore own = KeyStore.getInstance(folder.resolve("server.p12").toFile(), "x".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, "x".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust("client-ca.crt").getTrustManagers(), null);
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        };
    }

    private static TrustManagerFactory trust(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                java.security.cert.CertificateFactory.getInstance("X.509")
                        .generateCertificate(Files.newInputStream(folder.resolve(file))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust;
    }

    private static int openssl(String arguments) {
        try {
            Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : 1;
        } catch (IOException | InterruptedException e) {
            return 1;
        }
    }
}
