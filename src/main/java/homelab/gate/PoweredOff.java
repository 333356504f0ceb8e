package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.Node;
import homelab.model.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node that is away while pods or volumes wait for what it holds. Whether it is off nobody can see from here; if it is
 * not, its disks would be written by two. So a person says it, and Kubernetes does the rest (taint out-of-service).
 */
public record PoweredOff(NodeName node) implements Repair {
    private static final Duration LONG = Duration.ofMinutes(5);

    static Stream<PoweredOff> find(House house) {
        return house.cluster().nodes().stream()
                .filter(node -> house.unreachable(node).isPresent())
                .filter(node -> isDownForLong(house, node) && holds(house, node))
                .map(node -> new PoweredOff(node.name()));
    }

    private static boolean isDownForLong(House house, Node node) {
        return Look.node(house, node.name().text())
                .filter(one ->
                        one.items("spec.taints").stream().noneMatch(taint -> taint.is("key", NodesGate.OUT_OF_SERVICE)))
                .flatMap(one -> one.condition("Ready"))
                .filter(ready -> !ready.is("status", "True"))
                .flatMap(ready -> ready.time("lastTransitionTime"))
                .filter(at -> Duration.between(at, house.now()).compareTo(LONG) > 0)
                .isPresent();
    }

    /** A pod that cannot end there, or a volume that cannot come away. */
    private static boolean holds(House house, Node node) {
        String name = node.name().text();
        return Stream.concat(
                        Pods.all(house).stream().filter(pod -> WorkloadsGate.isLate(house, pod)),
                        Item.of(house, Lists.ATTACHMENTS).stream().filter(one -> one.is("status.attached", "true")))
                .anyMatch(one -> one.is("spec.nodeName", name));
    }

    @Override
    public Gate gate() {
        return Gate.WORKLOADS;
    }

    @Override
    public String title() {
        return "give what " + node + " holds to other nodes (taint out-of-service)";
    }

    @Override
    public Optional<String> question() {
        return Optional.of("Is " + node + " switched off for certain, its plug pulled? Were it not, two would write"
                + " the same volumes.");
    }

    @Override
    public boolean touchesTheDead() {
        return true;
    }
}
