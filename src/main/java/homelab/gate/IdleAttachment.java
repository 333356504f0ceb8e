package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A volume that is attached to a node that lives, though no pod there uses it and its kubelet does not have it in use. */
public record IdleAttachment(String name, String node, String volume, String remembered) implements Repair {
    private static final String KEY = "delete";
    private static final Duration LONG = Duration.ofMinutes(5);

    static Stream<IdleAttachment> find(House house) {
        if (house.list(Lists.PODS).known().isEmpty()
                || house.list(Lists.CLAIMED).known().isEmpty()) {
            return Stream.empty();
        }
        return Item.of(house, Lists.ATTACHMENTS).stream()
                .filter(one -> one.is("status.attached", "true") && !Pods.isEnding(one) && isOld(house, one))
                .filter(one -> lives(house, one.text("spec.nodeName")) && isIdle(house, one))
                .map(one -> new IdleAttachment(
                        one.name(),
                        one.text("spec.nodeName"),
                        one.text("spec.source.persistentVolumeName"),
                        Memory.of(Optional.of(one)).with(KEY, house.now())));
    }

    private static boolean isOld(House house, Item one) {
        return one.time("metadata.creationTimestamp")
                .filter(at -> Duration.between(at, house.now()).compareTo(LONG) > 0)
                .isPresent();
    }

    private static boolean lives(House house, String node) {
        boolean answers = house.reached().stream()
                .map(one -> one.name())
                .map(NodeName::text)
                .anyMatch(node::equals);
        return answers
                && Look.node(house, node)
                        .filter(one -> one.hasCondition("Ready", "True"))
                        .isPresent();
    }

    private static boolean isIdle(House house, Item one) {
        String node = one.text("spec.nodeName");
        Optional<Item> volume = Item.of(house, Lists.CLAIMED).stream()
                .filter(some -> some.name().equals(one.text("spec.source.persistentVolumeName")))
                .findFirst();
        return volume.isPresent()
                && Pods.all(house).stream()
                        .filter(pod -> pod.is("spec.nodeName", node) && !Pods.hasEnded(pod))
                        .noneMatch(pod -> uses(pod, volume.get()))
                && Look.node(house, node).stream()
                        .flatMap(some -> some.words("status.volumesInUse").stream())
                        .noneMatch(used -> used.endsWith("^" + volume.get().text("spec.csi.volumeHandle")));
    }

    private static boolean uses(Item pod, Item volume) {
        return pod.namespace().equals(volume.text("spec.claimRef.namespace"))
                && pod.items("spec.volumes").stream()
                        .anyMatch(one -> one.is("persistentVolumeClaim.claimName", volume.text("spec.claimRef.name")));
    }

    @Override
    public Gate gate() {
        return Gate.VOLUMES;
    }

    @Override
    public String title() {
        return "delete VolumeAttachment " + name + ": no pod on " + node + " uses " + volume;
    }

    @Override
    public Optional<String> question() {
        return Optional.of("Nothing on " + node + " seems to use volume " + volume + ". Let it come away from there?");
    }

    @Override
    public Optional<Duration> ago(House house) {
        return Item.of(house, Lists.ATTACHMENTS).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .flatMap(one -> Memory.of(Optional.of(one)).ago(KEY, house.now()));
    }
}
