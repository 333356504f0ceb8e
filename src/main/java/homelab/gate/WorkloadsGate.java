package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gate 10: StatefulSets, then Deployments, have the pods they want, and no pod hangs between life and death. */
final class WorkloadsGate implements Look {
    /** Beyond the pod's own grace, which its deletion's time holds already. */
    static final int LATE_SECONDS = 60;

    @Override
    public List<Listing> listings() {
        return List.of(Lists.STATEFUL_SETS, Lists.DEPLOYMENTS, Lists.PODS, Lists.EVENTS, Lists.NODES);
    }

    @Override
    public List<Sight> judge(House house) {
        for (Listing listing : List.of(Lists.STATEFUL_SETS, Lists.DEPLOYMENTS, Lists.PODS)) {
            Optional<Sight> blind = Look.blind(house, listing, "");
            if (blind.isPresent()) {
                return List.of(Sight.unknown("cluster", blind.get().what()));
            }
        }
        List<Sight> sights = new ArrayList<>(Troubles.of(house));
        house.cluster().nodes().forEach(node -> ofBefore(house, node).ifPresent(sights::add));
        sets(house).flatMap(Optional::stream).forEach(sights::add);
        Pods.all(house).stream()
                .filter(pod -> isLate(house, pod))
                .forEach(pod -> sights.add(Sight.waits(
                        pod.subject("Pod"),
                        "is being deleted, and does not go; it was on " + pod.text("spec.nodeName"),
                        "kubectl -n " + pod.namespace() + " describe pod " + pod.name())));
        return sights.isEmpty() ? List.of(Sight.pass("cluster", "all have their pods")) : sights;
    }

    /** What the API tells of them is of the boot before, and so is what is counted by it. */
    private static Optional<Sight> ofBefore(House house, Node node) {
        List<String> pods = Pods.all(house).stream()
                .filter(pod -> pod.is("spec.nodeName", node.name().text()) && Pods.isOfBefore(house, pod))
                .map(pod -> pod.namespace() + "/" + pod.name())
                .toList();
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(Sight.waits(
                        node.name().text(),
                        "told Ready, and not started since its boot: " + Words.few(pods),
                        "homelab recover-sandboxes --node " + node.name()));
    }

    private static Stream<Optional<Sight>> sets(House house) {
        return Stream.concat(
                Item.of(house, Lists.STATEFUL_SETS).stream().map(one -> judge("StatefulSet", one)),
                Item.of(house, Lists.DEPLOYMENTS).stream().map(one -> judge("Deployment", one)));
    }

    private static Optional<Sight> judge(String kind, Item one) {
        long wanted = one.number("spec.replicas").orElse(1L);
        String counted = kind.equals("Deployment") ? "status.availableReplicas" : "status.readyReplicas";
        long there = one.number(counted).orElse(0L);
        return there >= wanted
                ? Optional.empty()
                : Optional.of(Sight.waits(
                        one.subject(kind),
                        "has " + there + " of " + wanted + " pods",
                        "kubectl -n " + one.namespace() + " describe " + kind.toLowerCase(java.util.Locale.ROOT) + " "
                                + one.name()));
    }

    static boolean isLate(House house, Item pod) {
        return pod.time("metadata.deletionTimestamp")
                .map(at -> at.plusSeconds(LATE_SECONDS).isBefore(house.now()))
                .orElse(false);
    }
}
