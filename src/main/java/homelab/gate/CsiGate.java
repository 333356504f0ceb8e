package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gate 8: on every node with Longhorn's driver the kubelet knows it, and those who attach and provision are there. */
final class CsiGate implements Look {
    static final String DRIVER = "driver.longhorn.io";
    static final String PLUGIN = "longhorn-csi-plugin";
    private static final List<String> HELPERS = List.of("csi-attacher", "csi-provisioner");

    @Override
    public List<Listing> listings() {
        return List.of(Lists.CSI_NODES, Lists.PODS, Lists.DEPLOYMENTS, Lists.LONGHORN_NODES, Lists.NODES);
    }

    @Override
    public List<Sight> judge(House house) {
        for (Listing listing : List.of(Lists.LONGHORN_NODES, Lists.CSI_NODES, Lists.PODS, Lists.DEPLOYMENTS)) {
            Optional<Sight> blind = Look.blind(house, listing, LonghornGate.ABSENT);
            if (blind.isPresent()) {
                return List.of(blind.get());
            }
        }
        List<Sight> sights = new ArrayList<>();
        house.cluster().nodes().forEach(node -> judge(house, node).ifPresent(sights::add));
        HELPERS.forEach(name -> sights.add(helper(house, name)));
        return sights;
    }

    /** Where Longhorn has no node there need be no driver. */
    private static Optional<Sight> judge(House house, Node node) {
        String name = node.name().text();
        if (house.unreachable(node).isPresent()) {
            return Optional.of(Sight.away(node));
        }
        Optional<Item> plugin = Pods.on(house, PLUGIN, node);
        boolean wanted = Item.of(house, Lists.LONGHORN_NODES).stream()
                .anyMatch(one -> one.name().equals(name));
        if (isRegistered(house, name)) {
            return Optional.of(registered(house, name, plugin));
        }
        return wanted || plugin.isPresent() ? Optional.of(unregistered(house, node, plugin)) : Optional.empty();
    }

    static boolean isRegistered(House house, String node) {
        return Item.of(house, Lists.CSI_NODES).stream()
                .filter(one -> one.name().equals(node))
                .flatMap(one -> one.items("spec.drivers").stream())
                .anyMatch(driver -> driver.is("name", DRIVER));
    }

    /** A CSINode keeps its drivers over a boot, so the driver itself is looked at too. */
    private static Sight registered(House house, String name, Optional<Item> plugin) {
        return plugin.filter(pod -> Pods.isReady(house, pod)).isPresent()
                ? Sight.pass(name, "its kubelet knows " + DRIVER)
                : Sight.waits(
                        name,
                        PLUGIN + " "
                                + plugin.map(pod -> "is " + Pods.told(house, pod))
                                        .orElse("is not there"),
                        "kubectl -n longhorn-system get pods -o wide -l app=" + PLUGIN);
    }

    private static Sight unregistered(House house, Node node, Optional<Item> plugin) {
        String name = node.name().text();
        String seen = plugin.map(pod -> Pods.isReady(house, pod) ? "runs" : "is " + Pods.told(house, pod))
                .orElse("is not there");
        String what = "its kubelet does not know " + DRIVER + "; " + PLUGIN + " " + seen;
        boolean tried = Memory.of(Look.node(house, name)).contains(CsiPlugin.key(house, node));
        return tried
                ? Sight.waits(
                        name,
                        what + ", and was made anew in this boot",
                        "on it: sudo systemctl restart " + node.role().unit()
                                + "; then see that csi.kubeletRootDir is the kubelet's: /var/lib/kubelet")
                : Sight.waits(
                        name,
                        what,
                        "kubectl -n longhorn-system delete pod "
                                + plugin.map(Item::name).orElse("-l app=" + PLUGIN));
    }

    private static Sight helper(House house, String name) {
        return Stream.of(Lists.DEPLOYMENTS)
                .flatMap(listing -> Item.of(house, listing).stream())
                .filter(one -> one.name().equals(name) && !one.namespace().equals("kube-system"))
                .findFirst()
                .map(one -> one.number("status.availableReplicas").orElse(0L) > 0
                        ? Sight.pass(one.subject("Deployment"), "is there")
                        : Sight.waits(
                                one.subject("Deployment"),
                                "none of it is available",
                                "kubectl -n " + one.namespace() + " describe pods -l app=" + name))
                .orElseGet(() -> Sight.waits("cluster", "there is no " + name, "kubectl -n longhorn-system get pods"));
    }
}
