package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gate 7: on every node that Longhorn has its manager is ready, with an engine image and instances that run. */
final class LonghornGate implements Look {
    static final String ABSENT = "Longhorn is not installed";
    static final String MANAGER = "longhorn-manager";

    @Override
    public List<Listing> listings() {
        return List.of(Lists.LONGHORN_NODES, Lists.ENGINE_IMAGES, Lists.INSTANCES, Lists.PODS);
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(SandboxesGate.EVIDENCE);
    }

    @Override
    public List<Sight> judge(House house) {
        for (Listing listing : listings()) {
            Optional<Sight> blind = Look.blind(house, listing, ABSENT);
            if (blind.isPresent()) {
                return List.of(blind.get());
            }
        }
        List<Sight> sights = new ArrayList<>();
        for (Node node : house.cluster().nodes()) {
            named(house, Lists.LONGHORN_NODES, node).ifPresent(kept -> sights.add(judge(house, node, kept)));
        }
        Item.of(house, Lists.ENGINE_IMAGES).stream()
                .filter(image -> !image.is("status.state", "deployed"))
                .forEach(image -> sights.add(undeployed(house, image)));
        return sights.isEmpty()
                ? List.of(Sight.waits("cluster", "Longhorn has no node yet", "kubectl -n longhorn-system get pods"))
                : sights;
    }

    private static Optional<Item> named(House house, Listing listing, Node node) {
        return Item.of(house, listing).stream()
                .filter(one -> one.name().equals(node.name().text()))
                .findFirst();
    }

    private static Sight judge(House house, Node node, Item kept) {
        String name = node.name().text();
        if (house.unreachable(node).isPresent()) {
            return Sight.away(node);
        }
        String fix = "kubectl -n longhorn-system get pods -o wide --field-selector spec.nodeName=" + name;
        Optional<Item> manager = Pods.on(house, MANAGER, node);
        if (manager.isEmpty() || !Pods.isReady(house, manager.get())) {
            return Sight.waits(
                    name,
                    "its manager is not ready: "
                            + manager.map(pod -> Pods.told(house, pod)).orElse("there is none"),
                    fix);
        }
        if (!kept.hasCondition("Ready", "True")) {
            return Sight.waits(name, "Longhorn does not call it Ready" + why(kept), fix);
        }
        return Item.of(house, Lists.INSTANCES).stream()
                .filter(one -> one.is("spec.nodeID", name) && !one.is("status.currentState", "running"))
                .findFirst()
                .map(one -> Sight.waits(name, "its instance manager is " + one.text("status.currentState"), fix))
                .orElseGet(() -> Sight.pass(name, "Longhorn runs on it"));
    }

    private static String why(Item kept) {
        return kept.condition("Ready")
                .map(one -> one.text("message"))
                .filter(text -> !text.isEmpty())
                .map(text -> ": " + text)
                .orElse("");
    }

    /** On a node that is away none can be deployed. */
    private static Sight undeployed(House house, Item image) {
        String what = "is " + image.text("status.state");
        boolean away = house.cluster().nodes().stream()
                .anyMatch(one -> house.unreachable(one).isPresent());
        return away
                ? Sight.note(image.subject("EngineImage"), what + ", with a node away", "")
                : Sight.waits(
                        image.subject("EngineImage"), what, "kubectl -n longhorn-system get engineimages.longhorn.io");
    }
}
