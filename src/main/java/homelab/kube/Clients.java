package homelab.kube;

import homelab.kubeconfig.KubeconfigEntry;
import homelab.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Makes clients that know what they are given and nothing of this machine: no kubeconfig, no variable, no proxy. */
final class Clients {
    /** Of one try; a server that connects and then says nothing costs three tries, some 30 s. */
    static final Duration REQUEST = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int RETRIES = 2;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Clients() {}

    static KubernetesClient make(KubeconfigEntry entry, Duration request) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(entry.server())
                .withCaCertData(entry.caData())
                .withClientCertData(entry.clientCertificateData())
                .withClientKeyData(entry.clientKeyData().reveal())
                .withClientKeyAlgo(algorithm(entry.clientKeyData()))
                .withConnectionTimeout((int) min(CONNECT, request).toMillis())
                .withRequestTimeout((int) request.toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval((int) PAUSE.toMillis())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The client takes every key for RSA unless told; k3s makes EC keys. */
    private static String algorithm(Secret keyData) {
        String pem = new String(Base64.getMimeDecoder().decode(keyData.reveal()), StandardCharsets.US_ASCII);
        return pem.contains("BEGIN RSA PRIVATE KEY") ? "RSA" : "EC";
    }
}
