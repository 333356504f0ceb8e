package homelab.phase.longhorn;

import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The NFS freeze: a kernel waits for ever for the server of a hard mount, and with it what touches the mount; on a server that
 * is the control plane. Longhorn's managers run on every node, so its backup target is mounted on servers too.
 */
final class PreflightNfs {
    private static final String FREEZE = "a kernel waits for ever for the server of a hard mount (the NFS freeze)";

    private final Cluster cluster;
    private final Map<NodeName, Facts> facts;
    private final List<Problem> refusals;
    private final List<Problem> warnings;

    PreflightNfs(Cluster cluster, Map<NodeName, Facts> facts, List<Problem> refusals, List<Problem> warnings) {
        this.cluster = cluster;
        this.facts = facts;
        this.refusals = refusals;
        this.warnings = warnings;
    }

    void judge(Map<String, Object> values) {
        Optional<String> target =
                Values.text(values, "defaultBackupStore", "backupTarget").filter(text -> text.startsWith("nfs://"));
        target.ifPresent(this::target);
        Values.text(values, "persistence", "nfsOptions")
                .filter(PreflightNfs::hard)
                .ifPresent(options -> refuseHard("shared volumes of Longhorn", "persistence.nfsOptions: " + options));
        Optional<String> server = target.map(PreflightNfs::host);
        cluster.nodes()
                .forEach(node -> Optional.ofNullable(facts.get(node.name()))
                        .flatMap(host -> host.mounts().known())
                        .ifPresent(mounts -> mounts.network().stream()
                                .filter(Facts.NetworkMount::hard)
                                .forEach(mount -> mounted(node, mount, server))));
    }

    private void target(String target) {
        Optional<Node> own = cluster.nodes().stream()
                .filter(node -> node.name().text().equals(host(target)) || isAt(node.ip(), host(target)))
                .findFirst();
        own.ifPresent(node -> refusals.add(Problem.of(
                "the backup target of Longhorn is on " + node.name() + ", a node of this very cluster",
                target
                        + ": the backups go when the node goes, and a kernel that waits for an NFS server on itself or on"
                        + " a dead node freezes (the NFS freeze)",
                "an object store (s3://BUCKET@REGION/) or an NFS server that is no node")));
        if (hard(target.replaceFirst(".*nfsOptions=", ""))) {
            refuseHard("the backup target of Longhorn", target);
        } else if (own.isEmpty()) {
            warnings.add(Problem.of(
                    "the backup target of Longhorn is an NFS server",
                    target + " is mounted by the kernel of every node, and a server that does not answer holds up what"
                            + " touches the mount until it gives up (the NFS freeze)",
                    "an object store, s3://BUCKET@REGION/"));
        }
    }

    private void refuseHard(String what, String said) {
        refusals.add(Problem.of(
                what + " would be mounted hard on servers",
                said + ": " + FREEZE + ", and with it the control plane",
                "soft,timeo=330,retrans=3 in place of hard: the mount fails then, and the node goes on"));
    }

    /** Only the host that Longhorn is about to depend on is worth a refusal; others are the user's. */
    private void mounted(Node node, Facts.NetworkMount mount, Optional<String> target) {
        boolean same =
                target.filter(host -> mount.source().startsWith(host + ":")).isPresent();
        Problem problem = Problem.of(
                node.name() + ": has a hard NFS mount at " + mount.path(),
                mount.source() + ": " + FREEZE
                        + (node.isServer() ? ", and with it the control plane" : "")
                        + (same ? "; the backup target is on that very server" : ""),
                "on " + node.name() + ": soft,timeo=330,retrans=3 among its options in /etc/fstab, sudo umount "
                        + mount.path() + " and sudo mount " + mount.path() + "; or keep NFS off the nodes");
        (node.isServer() && same ? refusals : warnings).add(problem);
    }

    private static boolean hard(String options) {
        return Arrays.asList(options.split(",")).contains("hard");
    }

    private static String host(String target) {
        return Optional.ofNullable(URI.create(target).getHost()).orElse("");
    }

    private static boolean isAt(Ip ip, String host) {
        return ip.toString().equals(host.replaceAll("[\\[\\]]", ""));
    }
}
