package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A VolumeAttachment to a node that the cluster does not have any more. It is deleted; whoever attached takes his
 * finalizer away himself.
 *
 * @param node as the attachment names it
 */
public record LostAttachment(String name, String node, String remembered) implements Repair {
    private static final String KEY = "delete";

    static Stream<LostAttachment> find(House house) {
        if (house.list(Lists.NODES).known().isEmpty()
                || house.list(Lists.PODS).known().isEmpty()) {
            return Stream.empty();
        }
        return Item.of(house, Lists.ATTACHMENTS).stream()
                .filter(one -> isNobodys(house, one.text("spec.nodeName")))
                .filter(one -> !Pods.isEnding(one))
                .map(one -> new LostAttachment(
                        one.name(),
                        one.text("spec.nodeName"),
                        Memory.of(Optional.of(one)).with(KEY, house.now())));
    }

    /** A host that answers may be about to come in again. */
    private static boolean isNobodys(House house, String node) {
        boolean answers = house.reached().stream()
                .map(one -> one.name())
                .map(NodeName::text)
                .anyMatch(node::equals);
        return !node.isEmpty()
                && !answers
                && Look.node(house, node).isEmpty()
                && Pods.all(house).stream().noneMatch(pod -> pod.is("spec.nodeName", node));
    }

    @Override
    public Gate gate() {
        return Gate.VOLUMES;
    }

    @Override
    public String title() {
        return "delete VolumeAttachment " + name + " of " + node + ", which is gone";
    }

    @Override
    public Optional<Duration> ago(House house) {
        return Item.of(house, Lists.ATTACHMENTS).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .flatMap(one -> Memory.of(Optional.of(one)).ago(KEY, house.now()));
    }
}
