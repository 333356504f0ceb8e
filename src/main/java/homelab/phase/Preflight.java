package homelab.phase;

import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.longhorn.PreflightLonghorn;
import homelab.plan.Finding;
import homelab.plan.Finding.Severity;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What speaks against starting at all, told of all hosts at once. Pure: it only judges facts. */
public final class Preflight {
    private Preflight() {}

    /**
     * @param facts of the hosts that were reached; the others are not judged
     * @return the worst first, and among equals in the order of the inventory
     */
    public static List<Finding> judge(Cluster cluster, Map<NodeName, Facts> facts) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            Facts host = facts.get(node.name());
            if (host != null) {
                findings.addAll(PreflightUnknown.judge(node, host));
                findings.addAll(PreflightSystem.judge(node, host));
                findings.addAll(PreflightClock.judge(node, host));
                findings.addAll(PreflightNetwork.judge(cluster, node, host));
                findings.addAll(PreflightK3s.judge(cluster, node, host));
                findings.addAll(beforehand(cluster, node, host));
            }
        }
        findings.addAll(PreflightCluster.judge(cluster, facts));
        if (facts.values().stream().anyMatch(Preflight::bare)) {
            PreflightLink.packets(cluster, facts).ifPresent(findings::add);
        }
        findings.addAll(PreflightServers.dropIns(cluster, facts));
        findings.addAll(PreflightServers.datastore(cluster, facts));
        findings.addAll(PreflightRegistries.judge(cluster.outside().registries()));
        PreflightLonghorn.Judgement longhorn = PreflightLonghorn.judge(cluster, facts);
        longhorn.refusals().forEach(problem -> findings.add(new Finding(Severity.REFUSE, problem)));
        longhorn.warnings().forEach(problem -> findings.add(new Finding(Severity.WARN, problem)));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    /** What can be thought over as long as k3s is not there; on a host that has it what is not refused is doctor's to tell. */
    private static List<Finding> beforehand(Cluster cluster, Node node, Facts host) {
        List<Finding> findings = new ArrayList<>(PreflightSize.judge(node, host));
        findings.addAll(PreflightKernel.judge(cluster, node, host));
        findings.addAll(PreflightStorage.judge(node, host));
        findings.addAll(PreflightLink.judge(node, host));
        return findings.stream()
                .filter(finding -> bare(host) || finding.refused())
                .toList();
    }

    /** Whether it is known to have no k3s yet. */
    static boolean bare(Facts host) {
        return host.k3s().known().filter(k3s -> k3s.unit().isEmpty()).isPresent();
    }

    /**
     * Whether a memory cgroup that is off can be had by a word in the boot loader's file and a reboot, which host
     * preparation plans. When the running kernel was given that word in vain, another reboot will not help.
     */
    public static boolean mendable(Facts facts) {
        boolean file =
                facts.cmdlineFile().known().filter(path -> !path.isEmpty()).isPresent();
        Optional<String> running = facts.cmdline().known();
        return file
                && running.isPresent()
                && !List.of(running.get().split("\\s+")).contains(PreflightSystem.MEMORY_ON);
    }

    /** Whether etcd keeps the cluster's data on this node, now or after this run. */
    static boolean keepsEtcd(Cluster cluster, Node node, Facts facts) {
        boolean now = facts.k3s() instanceof Reading.Known<homelab.facts.K3sState> k3s
                && k3s.value().datastore().equals("etcd");
        return now
                || node.isServer()
                        && (cluster.k3s().clusterInit() || cluster.servers().size() > 1);
    }
}
