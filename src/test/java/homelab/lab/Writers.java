package homelab.lab;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Three clients that write to the API one small object after another, each to the next server when one does not answer, and
 * remember which of them were acknowledged: those must be there in the end, whatever happened meanwhile.
 */
final class Writers {
    private static final int CLIENTS = 3;
    private static final long PACE = 100;

    private final List<KubernetesClient> servers = new ArrayList<>();
    private final String namespace;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final long[] longest = new long[CLIENTS];
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * What came of it.
     *
     * @param gap the longest time in which one of the clients got no answer
     */
    record Seen(int acknowledged, int lost, Duration gap) {
        String cells() {
            return "%d | %d | %.1f s".formatted(acknowledged, lost, gap.toMillis() / 1000.0);
        }
    }

    /** The servers that they write to, for others who ask them meanwhile. */
    List<KubernetesClient> servers() {
        return servers;
    }

    private Writers(String namespace) {
        this.namespace = namespace;
    }

    /** @param addresses of all servers */
    static Writers begin(Homelab user, List<String> addresses, String namespace) throws IOException {
        Writers writers = new Writers(namespace);
        for (String address : addresses) {
            Config config = Config.fromKubeconfig(user.lab().name(), Files.readString(user.kubeconfig()), null);
            config.setMasterUrl("https://" + address + ":6443/");
            config.setConnectionTimeout(2000);
            config.setRequestTimeout(4000);
            config.setRequestRetryBackoffLimit(0);
            writers.servers.add(new KubernetesClientBuilder().withConfig(config).build());
        }
        writers.servers
                .get(0)
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            Thread thread = new Thread(() -> writers.write(number), "writer-" + number);
            thread.setDaemon(true);
            writers.threads.add(thread);
            thread.start();
        }
        return writers;
    }

    private void write(int client) {
        int server = client % servers.size();
        long last = System.nanoTime();
        for (int number = 0; !over; number++) {
            String name = "w-" + client + "-" + number;
            try {
                servers.get(server).resource(object(name)).create();
                acknowledged.add(name);
                last = noted(client, last);
            } catch (KubernetesClientException refused) {
                server = (server + 1) % servers.size();
            }
            pause();
        }
        noted(client, last);
    }

    private long noted(int client, long last) {
        long now = System.nanoTime();
        longest[client] = Math.max(longest[client], now - last);
        return now;
    }

    private ConfigMap object(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("written", String.valueOf(System.currentTimeMillis()))
                .build();
    }

    private static void pause() {
        try {
            Thread.sleep(PACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Seen end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Set<String> lost = new HashSet<>(acknowledged);
        servers.get(0)
                .configMaps()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(there -> lost.remove(there.getMetadata().getName()));
        long gap = Math.max(longest[0], Math.max(longest[1], longest[2]));
        servers.get(0).namespaces().withName(namespace).delete();
        servers.forEach(KubernetesClient::close);
        return new Seen(acknowledged.size(), lost.size(), Duration.ofNanos(gap));
    }
}
