package homelab.doctor.net;

import homelab.model.Access;
import homelab.model.Allow;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port of a node that somebody needs, by the inventory.
 *
 * @param from a node's name, or "here" for this machine
 * @param kind "tcp", or "udp" for the pod network, which is only seen by what goes through it
 * @param why for people: "kubelet"
 */
public record Door(String from, String to, Ip ip, String kind, int port, String why) {
    /** This machine, in place of a node's name. */
    public static final String HERE = "here";

    private static final int SSH = 22;

    /** Those of the other nodes that a node needs: k3s docs, "Requirements", and the inventory's own. */
    static List<Door> from(Cluster cluster, Node from) {
        List<Door> doors = new ArrayList<>();
        for (Node to : cluster.nodes()) {
            if (!to.equals(from)) {
                doors.addAll(between(cluster, from, to));
            }
        }
        return doors;
    }

    private static List<Door> between(Cluster cluster, Node from, Node to) {
        List<Door> doors = new ArrayList<>();
        Asker asker = new Asker(from.name().text(), to, doors);
        if (isHost(cluster, from.ip())) {
            asker.tcp(sshPort(to), "SSH");
        }
        asker.tcp(10250, "kubelet");
        if (to.isServer()) {
            asker.tcp(6443, "Kubernetes API");
        }
        if (from.isServer() && to.isServer()) {
            asker.tcp(2379, "etcd");
            asker.tcp(2380, "etcd");
        }
        if (Boolean.TRUE.equals(cluster.k3s().config().get("embedded-registry"))) {
            asker.tcp(5001, "embedded registry");
        }
        Backend backend = cluster.k3s().backend();
        if (backend.udpPort() != 0) {
            asker.udp(backend.udpPort(), "pod network");
        }
        allowed(cluster, Optional.of(from.ip())).forEach(allow -> asker.tcp(allow.port(), allow.why()));
        return doors;
    }

    /** Those that people use. Behind a jump host they are closed to this machine, before and after. */
    static List<Door> fromHere(Cluster cluster) {
        List<Door> doors = new ArrayList<>();
        for (Node to : cluster.nodes()) {
            Asker asker = new Asker(HERE, to, doors);
            asker.tcp(sshPort(to), "SSH");
            if (to.isServer()) {
                asker.tcp(6443, "Kubernetes API");
            }
            allowed(cluster, Optional.empty()).forEach(allow -> asker.tcp(allow.port(), allow.why()));
        }
        return doors;
    }

    private record Asker(String from, Node to, List<Door> doors) {
        void tcp(int port, String why) {
            add("tcp", port, why);
        }

        void udp(int port, String why) {
            add("udp", port, why);
        }

        private void add(String kind, int port, String why) {
            if (doors.stream().noneMatch(door -> door.to.equals(to.name().text()) && door.port == port)) {
                doors.add(new Door(from, to.name().text(), to.ip(), kind, port, why));
            }
        }
    }

    private static boolean isHost(Cluster cluster, Ip ip) {
        return cluster.network().lan().contains(ip)
                || cluster.network().sources().stream().anyMatch(source -> source.contains(ip));
    }

    /** A port of UDP does not say whether it is open. */
    private static List<Allow> allowed(Cluster cluster, Optional<Ip> from) {
        return cluster.network().allow().stream()
                .filter(allow -> allow.protocol().equals("tcp"))
                .filter(allow -> from.map(ip -> covers(allow.from(), ip)).orElse(true))
                .toList();
    }

    private static boolean covers(List<Cidr> networks, Ip ip) {
        return networks.stream().anyMatch(network -> network.contains(ip));
    }

    private static int sshPort(Node node) {
        return node.access() instanceof Access.Ssh ssh ? ssh.port() : SSH;
    }

    /** {@code 10250/tcp (kubelet)} */
    public String text() {
        return port + "/" + kind + " (" + why + ")";
    }
}
