package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
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
            VersionSkew.judge(cluster, node, k3s).ifPresent(findings::add);
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
