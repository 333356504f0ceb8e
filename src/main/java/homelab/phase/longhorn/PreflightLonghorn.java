package homelab.phase.longhorn;

import homelab.facts.Facts;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What speaks against Longhorn on these nodes. Pure: it only judges facts and the inventory. */
public final class PreflightLonghorn {
    private static final long GIB = 1L << 30;
    private static final long LEAST_FREE = 10 * GIB;
    private static final Set<String> SLOW = Set.of("sd-card", "emmc");

    /** Kernels on which Longhorn's file systems fail (longhorn.io, knowledge base; known-broken list). */
    private static final List<String> BROKEN = List.of("5.15.0-94", "6.5.0-21", "6.5.6");

    private final Cluster cluster;
    private final Map<NodeName, Facts> facts;
    private final StorageNodes storage;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int leastFree = LonghornValues.LEAST_FREE_PERCENT;

    /** @param refusals what must be mended first; @param warnings what will hurt later */
    public record Judgement(List<Problem> refusals, List<Problem> warnings) {
        public Judgement {
            refusals = List.copyOf(refusals);
            warnings = List.copyOf(warnings);
        }
    }

    private PreflightLonghorn(Cluster cluster, Map<NodeName, Facts> facts) {
        this.cluster = cluster;
        this.facts = facts;
        this.storage = StorageNodes.of(cluster);
    }

    /** Nothing where the inventory has no Longhorn. */
    public static Judgement judge(Cluster cluster, Map<NodeName, Facts> facts) {
        PreflightLonghorn preflight = new PreflightLonghorn(cluster, facts);
        cluster.addons().releases().stream()
                .filter(release -> release.name().equals("longhorn"))
                .forEach(preflight::judge);
        return new Judgement(preflight.refusals, preflight.warnings);
    }

    private void judge(ChartRelease longhorn) {
        replicas(longhorn.values());
        backup(longhorn.values());
        leastFree = text(longhorn.values(), "defaultSettings", "storageMinimalAvailablePercentage")
                .filter(text -> text.matches("\\d{1,2}"))
                .map(Integer::valueOf)
                .orElse(LonghornValues.LEAST_FREE_PERCENT);
        for (Node node : storage.nodes()) {
            Optional.ofNullable(facts.get(node.name())).ifPresent(host -> node(node, host));
        }
    }

    private void replicas(Map<String, Object> values) {
        text(values, "persistence", "defaultClassReplicaCount")
                .filter(text -> text.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(wanted -> wanted > storage.count())
                .ifPresent(wanted -> refusals.add(Problem.of(
                        "addons.longhorn wants " + wanted + " replicas, and " + storage.told(cluster),
                        "a node holds at most one replica of a volume, so that every volume would stay degraded",
                        "persistence.defaultClassReplicaCount: " + storage.count()
                                + " in its values, or leave it out, or label more nodes " + StorageNodes.LABEL
                                + "=true")));
    }

    private void backup(Map<String, Object> values) {
        text(values, "defaultBackupStore", "backupTarget")
                .filter(target -> target.startsWith("nfs://"))
                .ifPresent(this::nfs);
    }

    private void nfs(String target) {
        String host = Optional.ofNullable(URI.create(target).getHost()).orElse("");
        Optional<Node> own = cluster.nodes().stream()
                .filter(node -> node.name().text().equals(host) || isAt(node.ip(), host))
                .findFirst();
        own.ifPresent(node -> refusals.add(Problem.of(
                "the backup target of Longhorn is on " + node.name() + ", a node of this very cluster",
                target
                        + ": the backups go when the node goes, and a kernel that waits for an NFS server on itself or on"
                        + " a dead node freezes (the NFS freeze)",
                "an object store (s3://BUCKET@REGION/) or an NFS server that is no node")));
        if (own.isEmpty()) {
            warnings.add(
                    Problem.of(
                            "the backup target of Longhorn is an NFS server",
                            target
                                    + " is mounted by the kernel, and a server that does not answer freezes what touches the"
                                    + " mount (the NFS freeze)",
                            "an object store, s3://BUCKET@REGION/; else nfsOptions=soft,timeo=330,retrans=3 in the target's address"));
        }
    }

    private static boolean isAt(Ip ip, String host) {
        return ip.toString().equals(host.replaceAll("[\\[\\]]", ""));
    }

    private void node(Node node, Facts host) {
        host.kernel()
                .known()
                .filter(kernel -> BROKEN.stream().anyMatch(kernel::startsWith))
                .ifPresent(kernel -> refusals.add(Problem.of(
                        node.name() + ": Longhorn's volumes fail on its kernel",
                        kernel + " is one of those whose ext4 breaks on Longhorn's devices",
                        "sudo apt update && sudo apt full-upgrade && sudo reboot on " + node.name())));
        host.disks().known().stream()
                .flatMap(List::stream)
                .filter(disk -> disk.path().equals("/"))
                .forEach(disk -> disk(node, disk));
    }

    private void disk(Node node, Facts.Disk disk) {
        if (disk.freeBytes() < LEAST_FREE) {
            refusals.add(Problem.of(
                    node.name() + ": has too little room for Longhorn",
                    String.format("%.1f GiB are free at / and 10 is the least", disk.freeBytes() / (double) GIB),
                    "make room, mount a disk at /var/lib/longhorn, or leave the node out of storage: label the others "
                            + StorageNodes.LABEL + "=true"));
        }
        long free = disk.sizeBytes() == 0 ? 100 : disk.freeBytes() * 100 / disk.sizeBytes();
        if (free < leastFree) {
            warnings.add(Problem.of(
                    node.name() + ": Longhorn will put no volume there",
                    free + " % of / are free and " + leastFree + " must stay free",
                    "make room, or say less: defaultSettings.storageMinimalAvailablePercentage in its values"));
        }
        if (SLOW.contains(disk.medium())) {
            warnings.add(Problem.of(
                    node.name() + ": Longhorn will be slow and wear out the card",
                    "/ is on " + disk.device() + ", " + disk.medium(),
                    "an NVMe disk or USB SSD mounted at /var/lib/longhorn, or leave the node out of storage: label the"
                            + " others " + StorageNodes.LABEL + "=true"));
        }
    }

    private static Optional<String> text(Map<String, Object> values, String section, String key) {
        return values.get(section) instanceof Map<?, ?> inner
                ? Optional.ofNullable(inner.get(key)).map(Object::toString)
                : Optional.empty();
    }
}
