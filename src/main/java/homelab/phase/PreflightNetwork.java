package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.Facts.Listener;
import homelab.facts.Facts.Nic;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules about one host's network: its address, its way out, and the ports that k3s needs. */
final class PreflightNetwork {
    /** What k3s runs as, in one process or in several. */
    private static final Pattern K3S_PROGRAM = Pattern.compile("(k3s|kube|etcd|containerd).*");

    private PreflightNetwork() {}

    static List<Finding> judge(Cluster cluster, Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.nics().known().ifPresent(nics -> address(node, nics, findings));
        facts.dns()
                .known()
                .filter(dns -> dns.servers().isEmpty())
                .ifPresent(dns -> findings.add(warn(
                        node.name() + ": no name server is set",
                        "/etc/resolv.conf names none, so neither packages nor images can be found",
                        "set one for the host, by DHCP or in its network configuration")));
        facts.listeners().known().ifPresent(all -> ports(cluster, node, facts, all, findings));
        return findings;
    }

    private static void address(Node node, List<Nic> nics, List<Finding> findings) {
        Optional<Nic> own = nics.stream()
                .filter(nic -> nic.addresses().stream().anyMatch(address -> PreflightLink.is(address, node.ip())))
                .findFirst();
        Optional<Nic> out = nics.stream().filter(Nic::defaultRoute).findFirst();
        if (own.isEmpty()) {
            findings.add(refuse(
                    node.name() + ": does not have the address " + node.ip(),
                    "its interfaces have " + addresses(nics),
                    "set the node's ip in the inventory to an address of the host, or give it that address for good"));
        } else if (out.isPresent() && !out.get().equals(own.get())) {
            findings.add(warn(
                    node.name() + ": its way out is not its way to the cluster",
                    node.ip() + " is on " + own.get().name() + ", the default route on "
                            + out.get().name(),
                    "use one interface (switch Wi-Fi off, say), or set flannel-iface to "
                            + own.get().name()));
        }
    }

    private static String addresses(List<Nic> nics) {
        List<String> all = nics.stream()
                .flatMap(nic -> nic.addresses().stream().map(address -> address + " (" + nic.name() + ")"))
                .filter(address -> !address.startsWith("fe80:"))
                .toList();
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static void ports(
            Cluster cluster, Node node, Facts facts, List<Listener> listeners, List<Finding> findings) {
        Set<Integer> needed = needed(Preflight.keepsEtcd(cluster, node, facts), node.isServer());
        Set<String> told = new TreeSet<>();
        for (Listener taken : listeners) {
            String who = taken.process().isEmpty() ? "a program that cannot be seen" : taken.process();
            // one program may listen on several addresses
            if (needed.contains(taken.port()) && !isK3s(facts, taken) && told.add(taken.port() + who)) {
                findings.add(refuse(
                        node.name() + ": port " + taken.port() + " is taken",
                        who + " listens on " + taken.address() + ":" + taken.port() + " and k3s needs the port",
                        "on " + node.name() + ": sudo ss -ltnp sport = :" + taken.port()
                                + " shows who; stop it or move it to another port"));
            }
        }
    }

    private static Set<Integer> needed(boolean etcd, boolean server) {
        if (!server) {
            return Set.of(10250);
        }
        return etcd ? Set.of(6443, 2379, 2380, 10250) : Set.of(6443, 10250);
    }

    /** Only what listens while k3s's unit is up can be k3s's own; without it a kubelet is somebody else's. */
    private static boolean isK3s(Facts facts, Listener listener) {
        boolean up = facts.k3s()
                .known()
                .map(K3sState::active)
                .filter(active -> !Set.of("inactive", "failed").contains(active))
                .isPresent();
        return up
                && (listener.process().isEmpty()
                        || K3S_PROGRAM.matcher(listener.process()).matches());
    }
}
