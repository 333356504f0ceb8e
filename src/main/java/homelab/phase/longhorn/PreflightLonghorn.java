package homelab.phase.longhorn;

import homelab.facts.Facts;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What speaks against Longhorn on these nodes. Pure: it only judges facts and the inventory. */
public final class PreflightLonghorn {

    /** Kernels on which Longhorn's file systems fail (longhorn.io, knowledge base; known-broken list). */
    private static final List<String> BROKEN = List.of("5.15.0-94", "6.5.0-21", "6.5.6");

    private final Cluster cluster;
    private final Map<NodeName, Facts> facts;
    private final StorageNodes storage;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

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
        new PreflightNfs(cluster, facts, refusals, warnings).judge(longhorn.values());
        initiators();
        PreflightDisks disks = new PreflightDisks(leastFree(longhorn.values()), refusals, warnings);
        for (Node node : storage.nodes()) {
            Optional.ofNullable(facts.get(node.name()))
                    .ifPresentOrElse(
                            host -> {
                                node(node, host, disks);
                                kernel(node, host, longhorn.values());
                            },
                            () -> away(node));
        }
    }

    private static int leastFree(Map<String, Object> values) {
        return Values.text(values, "defaultSettings", "storageMinimalAvailablePercentage")
                .filter(text -> text.matches("\\d{1,2}"))
                .map(Integer::valueOf)
                .orElse(LonghornValues.LEAST_FREE_PERCENT);
    }

    private void replicas(Map<String, Object> values) {
        Values.text(values, "persistence", "defaultClassReplicaCount")
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

    private void node(Node node, Facts host, PreflightDisks disks) {
        host.kernel()
                .known()
                .filter(kernel -> BROKEN.stream().anyMatch(kernel::startsWith))
                .ifPresent(kernel -> refusals.add(Problem.of(
                        node.name() + ": Longhorn's volumes fail on its kernel",
                        kernel + " is one of those whose ext4 breaks on Longhorn's devices",
                        "sudo apt update && sudo apt full-upgrade && sudo reboot on " + node.name())));
        host.disks().known().ifPresent(found -> disks.judge(node, found));
        propagation(node, host);
    }

    /** systemd shares / at boot, and k3s's unit keeps what it found: so it is told once k3s runs. */
    private void propagation(Node node, Facts host) {
        boolean runs = host.k3s().known().filter(k3s -> k3s.unit().isPresent()).isPresent();
        host.mounts()
                .known()
                .filter(mounts -> runs && !mounts.shared())
                .ifPresent(mounts -> refusals.add(Problem.of(
                        node.name() + ": what Longhorn mounts would be seen by no pod",
                        "/ is not shared (mount propagation)",
                        "on " + node.name()
                                + ": sudo mount --make-rshared / and restart k3s; find what makes it private at"
                                + " boot")));
    }

    private void kernel(Node node, Facts host, Map<String, Object> values) {
        boolean second = Values.text(values, "defaultSettings", "v2DataEngine")
                .filter("true"::equals)
                .isPresent();
        host.kernel()
                .known()
                .filter(kernel -> second && older(kernel, 5, 8))
                .ifPresent(kernel -> refusals.add(Problem.of(
                        node.name() + ": its kernel is too old for the v2 data engine",
                        kernel + " is before 5.8",
                        "take v2DataEngine out of the values, which is best on a Pi, or a newer kernel")));
    }

    private static boolean older(String kernel, int major, int minor) {
        Matcher version = Pattern.compile("(\\d{1,3})\\.(\\d{1,3}).*").matcher(kernel);
        return version.matches()
                && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2))
                        < major * 1000 + minor;
    }

    private void initiators() {
        Map<String, List<NodeName>> byName = new TreeMap<>();
        cluster.nodes()
                .forEach(node -> Optional.ofNullable(facts.get(node.name()))
                        .flatMap(host -> host.initiator().known())
                        .filter(name -> !name.isEmpty())
                        .ifPresent(name -> byName.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(node.name())));
        byName.forEach((name, nodes) -> {
            if (nodes.size() > 1) {
                warnings.add(Problem.of(
                        nodes.stream().map(NodeName::text).collect(Collectors.joining(" and "))
                                + " have one iSCSI initiator name",
                        name + ": one card is a copy of the other",
                        "on all but one: sudo sh -c 'echo InitiatorName=$(iscsi-iname)"
                                + " > /etc/iscsi/initiatorname.iscsi' && sudo systemctl restart iscsid"));
            }
        });
    }

    /** Not judged: those who are not asked. */
    private void away(Node node) {
        warnings.add(Problem.of(
                node.name() + ": stores data and was not reached",
                "Longhorn is brought to the others; volumes with a copy on each node cannot be made before it is back",
                "when it is back, run the same command again"));
    }
}
