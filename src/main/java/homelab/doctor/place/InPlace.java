package homelab.doctor.place;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.model.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PLACE-001: pods run where the inventory says. */
final class InPlace implements PlaceCheck {

    @Override
    public String id() {
        return "PLACE-001";
    }

    @Override
    public List<Finding> found(House house) {
        List<Finding> findings = new ArrayList<>();
        house.cluster().placements().forEach(placement -> findings.add(judge(house, placement)));
        return findings;
    }

    private Finding judge(House house, Placement placement) {
        List<Pod> pods = Pod.alive(house).stream()
                .filter(pod -> PlaceCheck.covers(placement, pod))
                .toList();
        if (pods.isEmpty()) {
            return warn(placement.subject(), "no pod is called so: the inventory's placement does nothing")
                    .fix("kubectl get pods -n " + placement.namespace() + " --show-labels");
        }
        List<Item> nodes = Item.of(house, Objects.NODES);
        List<Pod> elsewhere = pods.stream()
                .filter(pod -> !pod.node().isEmpty() && !PlaceCheck.allows(placement, pod.node()))
                .toList();
        if (elsewhere.isEmpty() || !placement.required() && areAway(placement, nodes)) {
            return pass(placement.subject(), "runs where the inventory says, or may");
        }
        String what = "runs elsewhere than on " + PlaceCheck.nodes(placement);
        Finding told = placement.required() ? fail(placement.subject(), what) : warn(placement.subject(), what);
        return told.by(elsewhere.stream()
                        .map(pod -> seen(pod, placement, nodes))
                        .toList())
                .fix("kubectl -n " + placement.namespace() + " delete pod "
                        + elsewhere.get(0).item().name() + " lets it start anew; homelab doctor --only PLACE-002 says"
                        + " whether it stays there");
    }

    private static boolean areAway(Placement placement, List<Item> nodes) {
        return nodes.stream().noneMatch(node -> PlaceCheck.allows(placement, node.name()) && Objects.isOpen(node));
    }

    /** After a power cut the nodes come one by one, and what only prefers one starts on the first. */
    private static String seen(Pod pod, Placement placement, List<Item> nodes) {
        String at = pod.subject() + " on " + pod.node();
        Optional<Instant> started = pod.item().time("status.startTime");
        Optional<Item> late = nodes.stream()
                .filter(node -> PlaceCheck.allows(placement, node.name()) && Objects.isOpen(node))
                .filter(node -> started.isPresent()
                        && ready(node).filter(started.get()::isBefore).isPresent())
                .findFirst();
        return late.isEmpty()
                ? at
                : at + ", started " + started.orElseThrow() + ", when "
                        + late.get().name() + " was not there yet (Ready since "
                        + ready(late.get()).orElseThrow() + ")";
    }

    private static Optional<Instant> ready(Item node) {
        return node.condition("Ready").flatMap(ready -> ready.time("lastTransitionTime"));
    }
}
