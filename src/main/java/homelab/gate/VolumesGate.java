package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gate 9: no volume hangs on its way to or from a node, none is faulted, and nothing is attached to a node that is gone. */
final class VolumesGate implements Look {
    /** Longhorn salvages by itself once all nodes are there (its setting auto-salvage). */
    private static final Duration SALVAGE = Duration.ofMinutes(5);

    @Override
    public List<Listing> listings() {
        return List.of(Lists.VOLUMES, Lists.ATTACHMENTS, Lists.NODES, Lists.CLAIMED, Lists.PODS);
    }

    @Override
    public List<Sight> judge(House house) {
        if (house.list(Lists.ATTACHMENTS) instanceof Reading.Unknown<?> unknown) {
            return List.of(Sight.unknown("cluster", Lists.ATTACHMENTS.name() + ": " + unknown.why()));
        }
        Optional<Sight> blind = Look.blind(house, Lists.VOLUMES, LonghornGate.ABSENT);
        if (blind.filter(sight -> sight.state() == State.UNKNOWN).isPresent()) {
            return List.of(blind.get());
        }
        List<Sight> sights = new ArrayList<>();
        Item.of(house, Lists.VOLUMES).forEach(volume -> sights.add(judge(house, volume)));
        Item.of(house, Lists.ATTACHMENTS).stream()
                .flatMap(one -> attachment(house, one).stream())
                .forEach(sights::add);
        if (sights.isEmpty()) {
            return List.of(blind.orElseGet(() -> Sight.pass("cluster", "there is no volume")));
        }
        return sights;
    }

    private static String subject(Item volume) {
        String claim = volume.text("status.kubernetesStatus.pvcName");
        return claim.isEmpty()
                ? "Volume " + volume.name()
                : "Volume " + volume.text("status.kubernetesStatus.namespace") + "/" + claim;
    }

    private static Sight judge(House house, Item volume) {
        String state = volume.text("status.state");
        if (volume.is("status.robustness", "faulted")) {
            return faulted(house, volume);
        }
        if (state.endsWith("taching")) {
            return Sight.waits(
                    subject(volume),
                    "is " + state,
                    "kubectl -n longhorn-system describe volumes.longhorn.io " + volume.name());
        }
        return volume.is("status.robustness", "degraded")
                ? Sight.note(subject(volume), "is degraded: it is copied again; boot no other node now", "")
                : Sight.pass(subject(volume), state.isEmpty() ? "is there" : "is " + state);
    }

    private static Sight faulted(House house, Item volume) {
        String steps = "take a copy of its replicas' folders first; then in Longhorn's UI: Volume " + volume.name()
                + ", Salvage, the newest replica; homelab does not touch a faulted volume";
        boolean early = since(house)
                .map(at -> Duration.between(at, house.now()).compareTo(SALVAGE) < 0)
                .orElse(false);
        return early || someAreAway(house)
                ? Sight.waits(subject(volume), "is faulted; Longhorn salvages when all nodes are back", steps)
                : Sight.broken(subject(volume), "is faulted, and Longhorn has not salvaged it", steps);
    }

    private static boolean someAreAway(House house) {
        return house.cluster().nodes().stream()
                .anyMatch(node -> house.unreachable(node).isPresent());
    }

    /** When the last node became Ready. */
    private static Optional<Instant> since(House house) {
        return Item.of(house, Lists.NODES).stream()
                .flatMap(node -> node.condition("Ready").stream())
                .flatMap(ready -> ready.time("lastTransitionTime").stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Sight> attachment(House house, Item one) {
        String node = one.text("spec.nodeName");
        boolean gone = house.list(Lists.NODES).known().isPresent()
                && Look.node(house, node).isEmpty();
        return gone
                ? Optional.of(Sight.waits(
                        one.subject("VolumeAttachment"),
                        "is of " + node + ", which is no node any more",
                        "kubectl delete volumeattachment " + one.name()))
                : Optional.empty();
    }
}
