package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.model.NodeName;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The taint out-of-service of a node that was booted since and is Ready: Kubernetes never takes it away by itself. */
public record StaleTaint(NodeName node) implements Repair {

    static Stream<StaleTaint> find(House house) {
        return house.cluster().nodes().stream()
                .filter(node -> isStale(house, node))
                .map(node -> new StaleTaint(node.name()));
    }

    /** It became Ready in this boot, which the host itself shows. */
    private static boolean isStale(House house, Node node) {
        Optional<Item> kept = Look.node(house, node.name().text());
        Optional<String> boot = house.fact(node, Facts::bootId).known();
        Optional<Long> up = house.reading(node, HostLook.PROBE).known().map(HostLook::up);
        if (kept.isEmpty() || boot.isEmpty() || up.isEmpty()) {
            return false;
        }
        Item now = kept.get();
        Instant booted = house.now().minusSeconds(up.get());
        boolean tainted =
                now.items("spec.taints").stream().anyMatch(taint -> taint.is("key", NodesGate.OUT_OF_SERVICE));
        boolean inThisBoot = now.condition("Ready")
                .flatMap(ready -> ready.time("lastTransitionTime"))
                .filter(booted::isBefore)
                .isPresent();
        return tainted
                && inThisBoot
                && now.hasCondition("Ready", "True")
                && now.is("status.nodeInfo.bootID", boot.get());
    }

    @Override
    public Gate gate() {
        return Gate.NODES;
    }

    @Override
    public String title() {
        return "take the taint out-of-service from " + node + ", which was booted since";
    }
}
