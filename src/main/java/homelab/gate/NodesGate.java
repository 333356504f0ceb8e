package homelab.gate;

import homelab.check.Condition;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.drain.RebootMark;
import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;
import java.util.Optional;

/** Gate 3: every node that answers is Ready, and bears no taint of its absence. */
final class NodesGate implements Look {
    static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
    private static final List<String> ABSENT =
            List.of("node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready", OUT_OF_SERVICE);

    @Override
    public List<Listing> listings() {
        return List.of(Lists.NODES);
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(SandboxesGate.EVIDENCE);
    }

    @Override
    public List<Sight> judge(House house) {
        return Look.ofNodes(house, node -> judge(house, node));
    }

    private static Sight judge(House house, Node node) {
        String name = node.name().text();
        Sight unit = Units.judge(house, node);
        if (unit.state() == State.BROKEN) {
            return unit;
        }
        if (house.list(Lists.NODES).known().isEmpty()) {
            return Sight.unknown(name, "the API does not tell its nodes");
        }
        return ready(house, name).or(() -> ofBefore(house, node)).orElseGet(() -> tainted(house, name));
    }

    /** For some forty seconds after a cut the API tells what the kubelet said before it. */
    private static Optional<Sight> ofBefore(House house, Node node) {
        String name = node.name().text();
        Optional<String> boot = house.fact(node, Facts::bootId).known();
        Optional<String> told = Look.node(house, name)
                .map(one -> one.text("status.nodeInfo.bootID"))
                .filter(text -> !text.isEmpty());
        boolean before = boot.isPresent() && told.isPresent() && !told.equals(boot);
        return before
                ? Optional.of(Sight.waits(
                        name,
                        "is told Ready, and its kubelet has not reported since it was booted",
                        "on it: sudo journalctl -u " + node.role().unit() + " -n 50"))
                : Optional.empty();
    }

    private static Optional<Sight> ready(House house, String name) {
        return house.conditions().stream()
                .filter(one ->
                        one.name() == Condition.Name.NodeReady && one.subject().equals(name))
                .flatMap(condition -> not(condition).stream())
                .findFirst();
    }

    private static Optional<Sight> not(Condition condition) {
        return switch (condition.verdict()) {
            case TRUE -> Optional.empty();
            case UNKNOWN -> Optional.of(Sight.unknown(condition.subject(), condition.why()));
            case FALSE -> Optional.of(Sight.waits(condition.subject(), condition.why(), condition.fix()));
        };
    }

    private static Sight tainted(House house, String name) {
        Optional<Item> node = Look.node(house, name);
        for (Item taint : node.map(one -> one.items("spec.taints")).orElse(List.of())) {
            if (ABSENT.contains(taint.text("key"))) {
                String key = taint.text("key");
                return Sight.waits(
                        name, "is Ready, and still bears " + key, "kubectl taint node " + name + " " + key + "-");
            }
        }
        if (node.filter(one ->
                        !one.text("metadata.annotations." + RebootMark.KEY).isEmpty())
                .isPresent()) {
            return Sight.note(name, "is Ready, and a reboot of it has not come to its end", "homelab reboot " + name);
        }
        boolean cordoned = node.map(one -> one.is("spec.unschedulable", "true")).orElse(false);
        return cordoned
                ? Sight.note(name, "is Ready, and cordoned: it takes no new pods", "kubectl uncordon " + name)
                : Sight.pass(name, "is Ready");
    }
}
