package homelab.phase;

import static homelab.plan.Finding.note;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.Facts.Nic;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules about the link by which a node's address is had, what it is called, and whom it asks for names. */
final class PreflightLink {
    private PreflightLink() {}

    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        own(node, facts).ifPresent(nic -> link(node, nic, findings));
        names(node, facts, findings);
        return findings;
    }

    /** The interface that has the node's address. */
    static Optional<Nic> own(Node node, Facts facts) {
        return facts.nics().known().stream()
                .flatMap(List::stream)
                .filter(nic -> nic.addresses().stream().anyMatch(address -> is(address, node.ip())))
                .findFirst();
    }

    /** Compared as addresses, since IPv6 has several spellings. */
    static boolean is(String address, Ip ip) {
        return Ip.parse(address.replaceFirst("/.*", "")).equals(ip);
    }

    private static void link(Node node, Nic nic, List<Finding> findings) {
        if (nic.wireless()) {
            findings.add(warn(
                    node.name() + ": is in the cluster over Wi-Fi",
                    node.ip() + " is on " + nic.name() + ", where a lost second is common"
                            + (node.isServer()
                                    ? "; etcd holds an election for each"
                                    : "; its volumes stand still for it"),
                    "give it a cable, and set its ip in the inventory to that interface's address"));
        }
        if (node.isServer() && nic.leased().stream().anyMatch(address -> is(address, node.ip()))) {
            findings.add(warn(
                    node.name() + ": its address is lent",
                    node.ip() + " on " + nic.name() + " is from DHCP or a router, and a server whose address changes is"
                            + " lost to its cluster",
                    "reserve " + node.ip() + " for " + nic.mac() + " in your router, or set it on the host; when it is"
                            + " reserved this can be left as it is"));
        }
    }

    private static void names(Node node, Facts facts, List<Finding> findings) {
        facts.hostname()
                .known()
                .filter(name -> !name.equals(name.toLowerCase(java.util.Locale.ROOT)) || name.contains("_"))
                .ifPresent(name -> findings.add(note(
                        node.name() + ": its host name is none for Kubernetes",
                        "it is called " + name + "; a node's name has no capitals and no underscore",
                        "homelab names it " + node.name())));
        List<String> servers = facts.dns().known().map(Facts.Dns::servers).orElse(List.of());
        if (!servers.isEmpty() && servers.stream().allMatch(PreflightLink::loops)) {
            findings.add(warn(
                    node.name() + ": asks only itself for names",
                    "/etc/resolv.conf names " + String.join(", ", servers) + "; that is another place inside a pod, so"
                            + " k3s hands pods 8.8.8.8 instead, which knows no name of your network",
                    "name your router there, or set k3s.config.resolv-conf to a file that does"));
        }
    }

    private static boolean loops(String server) {
        return server.startsWith("127.") || server.equals("::1");
    }

    /** flannel goes by its own interface's; a node with a larger one sends packets that the other drops. */
    static Optional<Finding> packets(Cluster cluster, Map<NodeName, Facts> facts) {
        Map<NodeName, Integer> sizes = new LinkedHashMap<>();
        for (Node node : cluster.nodes()) {
            Optional.ofNullable(facts.get(node.name()))
                    .flatMap(host -> own(node, host))
                    .ifPresent(nic -> sizes.put(node.name(), nic.mtu()));
        }
        if (new TreeSet<>(sizes.values()).size() < 2) {
            return Optional.empty();
        }
        return Optional.of(warn(
                "the nodes send packets of different sizes",
                sizes.entrySet().stream()
                        .map(size -> size.getKey() + " up to " + size.getValue() + " bytes")
                        .collect(Collectors.joining(", ")),
                "set the same MTU on the interfaces of all nodes; 1500 unless every switch between them takes more"));
    }
}
