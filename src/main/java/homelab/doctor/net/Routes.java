package homelab.doctor.net;

import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import java.util.List;
import java.util.Optional;

/** What a host's routes say of the cluster's networks. */
final class Routes {
    private static final List<String> OURS = List.of("cni", "flannel", "kube-", "veth");

    private Routes() {}

    static boolean hasDefault(HostNet host) {
        return host.of("route").stream().anyMatch(route -> route.startsWith("default"));
    }

    /** Those that take the pods' or the services' addresses elsewhere. */
    static List<String> foreign(Cluster cluster, HostNet host) {
        return host.of("route").stream()
                .filter(route -> overlaps(cluster, route) && !isOurs(cluster, route))
                .toList();
    }

    private static boolean overlaps(Cluster cluster, String route) {
        return network(route.split(" ")[0])
                .filter(network -> network.overlaps(cluster.network().pods())
                        || network.overlaps(cluster.network().services()))
                .isPresent();
    }

    /** Through k3s's own devices, or with host-gw over another node. */
    private static boolean isOurs(Cluster cluster, String route) {
        String device = after("dev", route);
        String via = after("via", route);
        return OURS.stream().anyMatch(device::startsWith)
                || cluster.nodes().stream()
                        .anyMatch(node -> node.ip().toString().equals(via));
    }

    private static String after(String word, String route) {
        List<String> words = List.of(route.split(" +"));
        int at = words.indexOf(word);
        return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
    }

    /** Empty for "default", "blackhole" and whatever else is no address. */
    private static Optional<Cidr> network(String word) {
        try {
            int slash = word.indexOf('/');
            return Optional.of(
                    slash < 0
                            ? UfwLine.single(Ip.parse(word))
                            : Cidr.around(
                                    Ip.parse(word.substring(0, slash)), Integer.parseInt(word.substring(slash + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
