package homelab.gate;

import homelab.check.Condition;
import homelab.doctor.House;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;

/** Gate 4: each node has its part of the pod network, and the others answer over it. */
final class CniGate implements Look {

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(CniLook.of(cluster.k3s().backend()));
    }

    @Override
    public List<Sight> judge(House house) {
        return house.cluster().k3s().backend() == Backend.NONE
                ? List.of(Sight.absent("the pod network is not flannel's"))
                : Look.ofNodes(house, node -> judge(house, node));
    }

    private static Sight judge(House house, Node node) {
        return Look.of(
                node,
                house.reading(node, CniLook.of(house.cluster().k3s().backend())),
                missing -> missing.isEmpty() ? reaches(house, node) : missing(node, missing));
    }

    private static Sight missing(Node node, List<String> missing) {
        return Sight.waits(
                node.name().text(),
                "has not yet " + String.join(", ", missing),
                "on it: sudo systemctl restart " + node.role().unit());
    }

    /** Whether one that is away answers is nobody's fault here. */
    private static Sight reaches(House house, Node node) {
        String name = node.name().text();
        for (Condition one : house.conditions()) {
            if (one.name() == Condition.Name.PodNetwork && one.subject().equals(name)) {
                return switch (one.verdict()) {
                    case TRUE -> Sight.pass(name, "reaches the pods of the others");
                    case FALSE -> Sight.waits(name, one.why(), one.fix());
                    case UNKNOWN ->
                        someAreAway(house)
                                ? Sight.pass(name, "has its pod network; not all others are there to answer")
                                : Sight.unknown(name, one.why());
                };
            }
        }
        return Sight.pass(name, "has its pod network");
    }

    private static boolean someAreAway(House house) {
        return house.cluster().nodes().stream()
                .anyMatch(node -> house.unreachable(node).isPresent());
    }
}
