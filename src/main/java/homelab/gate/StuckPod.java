package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.recovery.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that was on a node when that died, and is still Terminating or Unknown though the node is back. It is deleted as
 * usual first; by force only when that has not helped and containerd on the node has nothing of it that may live.
 *
 * @param force whether the usual deletion was tried
 * @param remembered what is written to the Node before the deed
 */
public record StuckPod(NodeName node, String namespace, String pod, String uid, boolean force, String remembered)
        implements Repair {
    private static final Duration TO_GO = Duration.ofSeconds(30);

    static Stream<StuckPod> find(House house) {
        return Pods.all(house).stream()
                .filter(pod -> WorkloadsGate.isLate(house, pod) || pod.is("status.phase", "Unknown"))
                .filter(pod -> pod.items("metadata.finalizers").isEmpty())
                .flatMap(pod -> house.cluster().nodes().stream()
                        .filter(node -> pod.is("spec.nodeName", node.name().text()))
                        .filter(node -> isBack(house, node, pod) && isDead(house, node, pod))
                        .flatMap(node -> of(house, node, pod).stream()));
    }

    private static Optional<StuckPod> of(House house, Node node, Item pod) {
        String uid = pod.text("metadata.uid");
        Memory memory = Memory.of(Look.node(house, node.name().text()));
        Optional<Duration> asked = memory.ago(key("delete", uid), house.now());
        if (asked.isPresent() && asked.get().compareTo(TO_GO) < 0) {
            return Optional.empty();
        }
        boolean force = asked.isPresent();
        String remembered = memory.with(key(force ? "force" : "delete", uid), house.now());
        return Optional.of(new StuckPod(node.name(), pod.namespace(), pod.name(), uid, force, remembered));
    }

    private static String key(String deed, String uid) {
        return deed + "/" + uid.substring(0, Math.min(8, uid.length()));
    }

    /** Ready by the very boot that we see on the host, and seen away in between: it became Ready after the deletion. */
    private static boolean isBack(House house, Node node, Item pod) {
        Optional<Item> kept = Look.node(house, node.name().text());
        Optional<String> boot = house.fact(node, Facts::bootId).known();
        if (kept.isEmpty() || boot.isEmpty() || !kept.get().hasCondition("Ready", "True")) {
            return false;
        }
        Optional<Instant> back = kept.get().condition("Ready").flatMap(ready -> ready.time("lastTransitionTime"));
        boolean after = pod.time("metadata.deletionTimestamp")
                .map(deleted -> back.filter(deleted::isBefore).isPresent())
                .orElse(true);
        return after && kept.get().is("status.nodeInfo.bootID", boot.get());
    }

    /** Nothing of it was made in this boot, and nothing of it runs. */
    private static boolean isDead(House house, Node node, Item pod) {
        String uid = pod.text("metadata.uid");
        Optional<Evidence> evidence =
                house.reading(node, SandboxesGate.EVIDENCE).known();
        return !uid.isEmpty()
                && evidence.filter(seen -> seen.isSeen() && seen.runtime().equals("answers"))
                        .filter(seen -> seen.sandboxes().stream()
                                .filter(one -> one.uid().equals(uid))
                                .noneMatch(one -> one.ready()
                                        || seen.isAlive(one.id())
                                        || seen.volatiles().contains(one.id())))
                        .isPresent();
    }

    @Override
    public Gate gate() {
        return Gate.WORKLOADS;
    }

    @Override
    public String title() {
        return (force ? "forget pod " : "delete pod ") + namespace + "/" + pod + ", which died with the last boot of "
                + node;
    }

    @Override
    public Optional<Duration> ago(House house) {
        return force ? Memory.of(Look.node(house, node.text())).ago(key("force", uid), house.now()) : Optional.empty();
    }
}
