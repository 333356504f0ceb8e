package homelab.phase;

import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a disk is quick enough for etcd, asked once, before there is an etcd whose own figures say so. */
public final class PreflightEtcd {
    /** etcd documentation, FAQ: 99 of 100 syncs of its log should take less than 10 ms. */
    private static final Duration QUICK = Duration.ofMillis(10);

    private PreflightEtcd() {}

    public static boolean measured(Cluster cluster, Node node, Map<NodeName, Facts> facts) {
        Facts host = facts.get(node.name());
        return host != null && Preflight.keepsEtcd(cluster, node, host) && Preflight.bare(host);
    }

    /** A disk that could not be measured speaks against nothing. */
    public static Optional<Finding> judge(Node node, Reading<Duration> write) {
        return write.known().filter(took -> took.compareTo(QUICK) > 0).map(took -> slow(node, took));
    }

    private static Finding slow(Node node, Duration took) {
        return warn(
                node.name() + ": its disk is slow for etcd",
                String.format(
                        Locale.ROOT,
                        "50 synced writes under /var/lib/rancher took %.0f ms each on the mean, and etcd wants less than"
                                + " 10; the API stands still when it waits",
                        took.toNanos() / 1e6),
                "boot from NVMe or a USB SSD, or mount one at /var/lib/rancher");
    }
}
