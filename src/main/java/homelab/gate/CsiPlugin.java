package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.Node;
import homelab.model.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Longhorn's driver that runs, and that the kubelet has not got to know: its pod is made anew, once in a boot. A socket
 * that is older than the kubelet's start is what is mostly behind it; Longhorn removes it when it is stopped, not when it
 * is killed.
 *
 * @param remembered what is written to the Node before the deed
 */
public record CsiPlugin(NodeName node, String namespace, String pod, String uid, String remembered) implements Repair {
    /** The kubelet tries again for two minutes (node-driver-registrar). */
    private static final Duration SLOW = Duration.ofMinutes(3);

    static Stream<CsiPlugin> find(House house) {
        return house.cluster().nodes().stream().flatMap(node -> find(house, node).stream());
    }

    private static Optional<CsiPlugin> find(House house, Node node) {
        String name = node.name().text();
        Optional<Item> kept = Look.node(house, name);
        boolean known = house.list(Lists.CSI_NODES).known().isPresent();
        Memory memory = Memory.of(kept);
        if (!known || !house.reached(node) || kept.isEmpty() || !kept.get().hasCondition("Ready", "True")) {
            return Optional.empty();
        }
        if (CsiGate.isRegistered(house, name) || memory.contains(key(house, node))) {
            return Optional.empty();
        }
        return Pods.on(house, CsiGate.PLUGIN, node)
                .filter(pod -> Pods.runs(house, node, pod) && runsLong(house, pod))
                .map(pod -> new CsiPlugin(
                        node.name(),
                        pod.namespace(),
                        pod.name(),
                        pod.text("metadata.uid"),
                        memory.with(key(house, node), house.now())));
    }

    /** By the boot: in the next one it may be tried again. */
    static String key(House house, Node node) {
        String boot = Look.node(house, node.name().text())
                .map(one -> one.text("status.nodeInfo.bootID"))
                .orElse("");
        return "csi/" + boot.substring(0, Math.min(8, boot.length()));
    }

    private static boolean runsLong(House house, Item pod) {
        Optional<Instant> last = pod.items("status.containerStatuses").stream()
                .map(one -> one.time("state.running.startedAt").orElse(house.now()))
                .max(Comparator.naturalOrder());
        return pod.is("status.phase", "Running")
                && last.map(at -> Duration.between(at, house.now()).compareTo(SLOW) > 0)
                        .orElse(false);
    }

    @Override
    public Gate gate() {
        return Gate.CSI;
    }

    @Override
    public String title() {
        return "make " + pod + " of " + node + " anew, which its kubelet does not know";
    }
}
