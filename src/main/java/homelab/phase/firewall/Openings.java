package homelab.phase.firewall;

import homelab.model.Access;
import homelab.model.Allow;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Network;
import homelab.model.Node;
import homelab.resource.UfwRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The firewall rules of one node, derived from the inventory and nothing else. Ports are k3s's (docs, "Requirements"). What
 * the cluster's nodes say among themselves is open to their addresses alone: VXLAN carries no authentication, so whoever
 * reaches its port is inside the pod network.
 */
public final class Openings {
    private static final int USUAL_SSH = 22;

    private final Cluster cluster;
    private final Node node;
    private final Map<String, UfwRule> rules = new LinkedHashMap<>();

    private Openings(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    /** In the order in which they are added: SSH first, so that no moment is without it. */
    public static List<UfwRule> of(Cluster cluster, Node node) {
        Openings openings = new Openings(cluster, node);
        openings.ssh();
        openings.api();
        openings.etcd();
        openings.amongNodes();
        openings.cluster();
        openings.applications();
        return new ArrayList<>(openings.rules.values());
    }

    /** Where the node's sshd listens. */
    public static int sshPort(Node node) {
        return node.access() instanceof Access.Ssh ssh ? ssh.port() : USUAL_SSH;
    }

    private void ssh() {
        fromPeople(String.valueOf(sshPort(node)), "SSH");
    }

    private void api() {
        if (node.isServer()) {
            fromPeople("6443", "Kubernetes API");
        }
    }

    private void etcd() {
        if (node.isServer()) {
            others(cluster.servers()).forEach(other -> fromNode(other, "tcp", "2379:2380", "etcd between servers"));
        }
    }

    private void amongNodes() {
        Backend backend = cluster.k3s().backend();
        for (Node other : others(cluster.nodes())) {
            fromNode(other, "tcp", "10250", "kubelet");
            if (backend.udpPort() != 0) {
                fromNode(other, "udp", String.valueOf(backend.udpPort()), "pod network, " + backend.word());
            }
            if (Boolean.TRUE.equals(cluster.k3s().config().get("embedded-registry"))) {
                fromNode(other, "tcp", "5001", "embedded registry");
                fromNode(other, "tcp", "6443", "embedded registry finds its peers");
            }
        }
    }

    private void cluster() {
        add("any", "any", cluster.network().pods(), "pods");
        add("any", "any", cluster.network().services(), "services");
    }

    private void applications() {
        for (Allow allow : cluster.network().allow()) {
            allow.from().forEach(from -> add(allow.protocol(), String.valueOf(allow.port()), from, allow.why()));
        }
    }

    private void fromPeople(String port, String what) {
        Network network = cluster.network();
        add("tcp", port, network.lan(), what + " from the LAN");
        network.sources().forEach(source -> add("tcp", port, source, what + " from a named source"));
    }

    private void fromNode(Node other, String protocol, String port, String what) {
        add(protocol, port, only(other.ip()), what + ", from " + other.name());
    }

    private static Cidr only(Ip ip) {
        return new Cidr(ip, ip.isV6() ? 128 : 32);
    }

    private List<Node> others(List<Node> nodes) {
        return nodes.stream().filter(other -> !other.name().equals(node.name())).toList();
    }

    /** Of two rules for the same traffic the first one stays. */
    private void add(String protocol, String port, Cidr from, String why) {
        UfwRule rule = UfwRule.allow(protocol, port, from, why);
        rules.putIfAbsent(rule.tuple(), rule);
    }
}
