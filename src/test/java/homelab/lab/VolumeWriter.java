package homelab.lab;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A pod that writes line after line to a volume of its node, and says each once it is on the disk. What somebody elsewhere
 * heard must be there in the end, however often the pod began anew.
 */
final class VolumeWriter {
    static final String NAMESPACE = "written";
    private static final String CLAIM = "lines";
    private static final Duration PACE = Duration.ofMillis(300);

    /** Numbers with the hosts' uptime in hundredths, which is one on all hosts of a lab and goes on when they boot. */
    private static final String APP = """
            k3s kubectl apply -f - >/dev/null <<'E'
            apiVersion: v1
            kind: Namespace
            metadata: {name: written}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: lines, namespace: written}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 64Mi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: writer, namespace: written}
            spec:
              selector: {matchLabels: {app: writer}}
              strategy: {type: Recreate}
              template:
                metadata: {labels: {app: writer}}
                spec:
                  nodeSelector: {kubernetes.io/hostname: NODE}
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: writer
                    image: busybox:1
                    imagePullPolicy: IfNotPresent
                    command: [sh, -c, "n=$(cat /data/lines | wc -l); while n=$((n+1)); do read up _ </proc/uptime; echo $n $up >>/data/lines && sync /data/lines && echo $n; sleep 0.2; done"]
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: lines}}]
            E
            k3s kubectl -n written rollout status deployment/writer --timeout=60s
            """;

    private final Lab lab;
    private final String node;
    private final List<KubernetesClient> servers;
    private final Set<Integer> heard = ConcurrentHashMap.newKeySet();
    private final int earlier;
    private final Thread listener = new Thread(this::listen, "volume");
    private volatile boolean over;

    private VolumeWriter(Lab lab, String node, List<KubernetesClient> servers) {
        this.lab = lab;
        this.node = node;
        this.servers = servers;
        this.earlier = lines().size();
    }

    /** Begins to write, and goes on until the cluster is gone. */
    static void deploy(Lab lab, String server, String node) {
        lab.on(server, APP.replace("NODE", node));
    }

    /** Listens from now on. */
    static VolumeWriter heardBy(List<KubernetesClient> servers, Lab lab, String node) {
        VolumeWriter writer = new VolumeWriter(lab, node, servers);
        writer.listener.setDaemon(true);
        writer.listener.start();
        return writer;
    }

    private void listen() {
        for (int look = 0; !over; look++) {
            try {
                hear(servers.get(look % servers.size()));
            } catch (KubernetesClientException away) {
                // the next server is asked
            }
            Launched.pause(PACE);
        }
    }

    private void hear(KubernetesClient server) {
        for (Pod pod : server.pods().inNamespace(NAMESPACE).list().getItems()) {
            server.pods()
                    .resource(pod)
                    .tailingLines(60)
                    .getLog()
                    .lines()
                    .filter(line -> line.matches("[0-9]+"))
                    .map(Integer::valueOf)
                    .forEach(heard::add);
        }
    }

    /** On the host itself, without the cluster. */
    private List<String> lines() {
        return lab.on(node, "cat /var/lib/rancher/k3s/storage/pvc-*_" + NAMESPACE + "_" + CLAIM + "/lines")
                .lines()
                .toList();
    }

    /** What was heard of, what of it is not there, and the longest time between two lines. */
    Writers.Seen end() throws InterruptedException {
        int written = lines().size(); // a gap that nothing ends cannot be measured
        Launched.eventually("a line more", Duration.ofMinutes(2), () -> lines().size() > written);
        over = true;
        listener.join();
        List<String> there = lines();
        Set<Integer> numbers = there.stream()
                .map(line -> Integer.valueOf(line.split(" ")[0]))
                .collect(Collectors.toCollection(TreeSet::new));
        int lost =
                (int) heard.stream().filter(number -> !numbers.contains(number)).count();
        return new Writers.Seen(heard.size(), lost, gap(there.subList(Math.max(0, earlier - 1), there.size())));
    }

    private static Duration gap(List<String> lines) {
        double longest = 0;
        for (int i = 1; i < lines.size(); i++) {
            longest = Math.max(longest, at(lines.get(i)) - at(lines.get(i - 1)));
        }
        return Duration.ofMillis(Math.round(longest * 1000));
    }

    private static double at(String line) {
        return Double.parseDouble(line.split(" ")[1]);
    }
}
