package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;

/** Rules about the k3s that a host already has, and the disk that its data will be on. */
final class PreflightK3s {
    private PreflightK3s() {}

    static List<Finding> judge(Cluster cluster, Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.k3s().known().ifPresent(k3s -> {
            role(node, k3s, findings);
            name(node, k3s, findings);
            version(cluster, node, k3s, findings);
        });
        if (Preflight.keepsEtcd(cluster, node, facts)) {
            slowDisk(node, facts, findings);
        }
        return findings;
    }

    private static void role(Node node, K3sState k3s, List<Finding> findings) {
        String wanted = node.role().unit();
        k3s.unit()
                .filter(unit -> !unit.equals(wanted))
                .ifPresent(unit -> findings.add(refuse(
                        node.name() + ": is not " + article(wanted) + " but " + article(unit),
                        "the unit " + unit + " is installed there and the inventory says "
                                + node.role().word(),
                        "mend the role in the inventory; to change what the host is: homelab "
                                + (node.isServer() ? "promote " : "demote ") + node.name())));
    }

    /** Its volumes and placements go by the name (a local volume's node affinity), and a Node cannot be renamed. */
    private static void name(Node node, K3sState k3s, List<Finding> findings) {
        k3s.settings()
                .nodeName()
                .filter(name ->
                        k3s.unit().isPresent() && !name.equals(node.name().text()))
                .ifPresent(name -> findings.add(refuse(
                        node.name() + ": its host is the node " + name + " of a cluster",
                        "under another name it would be a second node; " + name
                                + " would stay behind with its labels, its volumes and its pods",
                        "call it " + name + " in the inventory; for another name: homelab remove-node " + name
                                + ", then the inventory, then homelab join-node " + node.name())));
    }

    private static String article(String unit) {
        return unit.equals("k3s") ? "a server" : "an agent";
    }

    private static void version(Cluster cluster, Node node, K3sState k3s, List<Finding> findings) {
        K3sVersion wanted = cluster.k3s().version();
        k3s.version().ifPresent(found -> {
            try {
                K3sVersion now = K3sVersion.parse(found);
                if (now.compareTo(wanted) > 0) {
                    findings.add(newer(node, found, wanted));
                } else if (k3s.holdsData() && now.minorsTo(wanted) > 1) {
                    findings.add(tooFar(node, now, wanted));
                }
            } catch (IllegalArgumentException e) {
                findings.add(warn(
                        node.name() + ": its k3s is not a release",
                        "/usr/local/bin/k3s says " + found + ", which cannot be compared with " + wanted,
                        "nothing, if " + wanted + " may replace it"));
            }
        });
    }

    /** Kubernetes, version skew policy: API servers go one minor at a time. */
    private static Finding tooFar(Node node, K3sVersion now, K3sVersion wanted) {
        return refuse(
                node.name() + ": " + wanted + " is more than one minor away",
                "it runs " + now + ", and objects are only moved to their new forms from one minor to the next",
                "first any release of v" + now.major() + "." + (now.minor() + 1) + ": homelab upgrade --to v"
                        + now.major() + "." + (now.minor() + 1) + ".0+k3s1, for instance");
    }

    private static Finding newer(Node node, String found, K3sVersion wanted) {
        return refuse(
                node.name() + ": runs a newer k3s than the inventory wants",
                "it has " + found + " and the inventory says " + wanted + "; Kubernetes cannot go back",
                "set k3s.version in the inventory to " + found + " or later");
    }

    private static void slowDisk(Node node, Facts facts, List<Finding> findings) {
        facts.disks().known().stream()
                .flatMap(List::stream)
                .filter(disk ->
                        disk.path().equals("/var/lib/rancher") && PreflightStorage.CARDS.contains(disk.medium()))
                .forEach(disk -> findings.add(warn(
                        node.name() + ": etcd will be slow and wear out the card",
                        disk.path() + " is on " + disk.device() + ", " + disk.medium()
                                + "; etcd waits for every write to reach the disk",
                        "boot from NVMe or a USB SSD, or mount one at " + disk.path())));
    }
}
