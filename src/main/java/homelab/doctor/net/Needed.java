package homelab.doctor.net;

import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic that a node has to let in (k3s docs, "Requirements" and its page on UFW).
 *
 * @param vital whether the cluster, or what the inventory asks for, is broken without it
 */
record Needed(Traffic traffic, String why, boolean vital) {

    static List<Needed> of(Cluster cluster, Node node) {
        List<Needed> needed = new ArrayList<>();
        if (node.isServer()) {
            needed.add(tcp(6443, cluster.network().lan(), node, "the API"));
        }
        cluster.nodes().stream().filter(other -> !other.equals(node)).forEach(other -> {
            Cidr from = UfwLine.single(other.ip());
            needed.add(tcp(10250, from, node, "kubelet, from " + other.name()));
            tunnel(cluster.k3s().backend(), from, node, other, needed);
            if (node.isServer() && other.isServer()) {
                needed.add(tcp(2379, from, node, "etcd, from " + other.name()));
                needed.add(tcp(2380, from, node, "etcd, from " + other.name()));
            }
        });
        needed.add(any(cluster.network().pods(), node, "pods", true));
        needed.add(any(cluster.network().services(), node, "services", false));
        declared(cluster, node, needed);
        return needed;
    }

    private static void tunnel(Backend backend, Cidr from, Node node, Node other, List<Needed> needed) {
        if (backend.udpPort() != 0) {
            Traffic traffic = new Traffic("udp", backend.udpPort(), from, node.ip());
            needed.add(new Needed(traffic, "pod network, from " + other.name(), true));
        }
    }

    private static void declared(Cluster cluster, Node node, List<Needed> needed) {
        cluster.network()
                .allow()
                .forEach(allow -> allow.from().stream()
                        .filter(from -> from.base().isV6() == node.ip().isV6())
                        .forEach(from -> needed.add(new Needed(
                                new Traffic(allow.protocol(), allow.port(), from, node.ip()), allow.why(), true))));
    }

    private static Needed tcp(int port, Cidr from, Node node, String why) {
        return new Needed(new Traffic("tcp", port, from, node.ip()), why, true);
    }

    private static Needed any(Cidr from, Node node, String why, boolean vital) {
        return new Needed(new Traffic("any", 0, from, node.ip()), why, vital);
    }

    String text() {
        return traffic.text() + " (" + why + ")";
    }
}
