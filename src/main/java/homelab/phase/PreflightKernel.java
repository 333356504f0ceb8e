package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules about one host's kernel and what speaks to it: cgroup version, modules, iptables. */
final class PreflightKernel {
    /** From here on the kubelet ends on cgroup v1 unless told otherwise (Kubernetes 1.35, KEP-5573: failCgroupV1). */
    private static final K3sVersion NEEDS_CGROUP_V2 = K3sVersion.parse("v1.35.0+k3s1");

    private static final String CGROUP_V1_ALLOWED = "fail-cgroupv1=false";
    /** In nftables mode these duplicate rules (k3s documentation, "Known Issues"; k3s 3117). */
    private static final Pattern BROKEN_IPTABLES = Pattern.compile("1\\.8\\.[0-4]");

    private static final String BUNDLED = "prefer-bundled-bin";

    private PreflightKernel() {}

    static List<Finding> judge(Cluster cluster, Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        cgroupVersion(cluster, node, facts, findings);
        if (!facts.container().known().orElse(false)) {
            drivers(cluster, node, facts, findings);
        }
        iptables(cluster, node, facts, findings);
        programs(node, facts, findings);
        return findings;
    }

    private static void cgroupVersion(Cluster cluster, Node node, Facts facts, List<Finding> findings) {
        boolean tooOld = facts.cgroupVersion().known().orElse(2) == 1;
        boolean allowed =
                String.valueOf(cluster.k3s().config().get("kubelet-arg")).contains(CGROUP_V1_ALLOWED);
        if (tooOld && !allowed && cluster.k3s().version().compareTo(NEEDS_CGROUP_V2) >= 0) {
            findings.add(refuse(
                    node.name() + ": has cgroup v1, with which the kubelet of "
                            + cluster.k3s().version() + " does not start",
                    "Kubernetes 1.35 gave up cgroup v1, and /sys/fs/cgroup/cgroup.controllers is not there",
                    "take systemd.unified_cgroup_hierarchy=0 out of the kernel's arguments and reboot, or update the"
                            + " system; or stay below v1.35"));
        }
    }

    private static void drivers(Cluster cluster, Node node, Facts facts, List<Finding> findings) {
        facts.drivers().known().ifPresent(drivers -> {
            Set<String> missing = new TreeSet<>(needed(cluster));
            missing.retainAll(drivers.lacking());
            Set<String> notLoaded = new TreeSet<>(needed(cluster));
            notLoaded.removeAll(facts.modules().known().orElse(Set.of()));
            if (!drivers.there() && !notLoaded.isEmpty()) {
                findings.add(updatedKernel(node, facts, notLoaded));
            } else if (!missing.isEmpty()) {
                findings.add(refuse(
                        node.name() + ": its kernel has no " + String.join(", ", missing),
                        "neither loaded nor built in, and modprobe finds none for "
                                + facts.kernel().known().orElse("it") + "; pods need them",
                        facts.kernel().known().orElse("").contains("raspi")
                                ? "on " + node.name() + ": sudo apt-get install linux-modules-extra-raspi"
                                : "boot the distribution's own kernel, or install the package with its other modules"));
            }
        });
    }

    private static Finding updatedKernel(Node node, Facts facts, Set<String> notLoaded) {
        return refuse(
                node.name() + ": the modules of the kernel that runs are gone",
                "there is no /lib/modules/" + facts.kernel().known().orElse("")
                        + ", likely since an update of the kernel; " + String.join(", ", notLoaded)
                        + " cannot be loaded",
                "on " + node.name() + ": sudo reboot");
    }

    private static Set<String> needed(Cluster cluster) {
        Set<String> needed = new TreeSet<>(Set.of("br_netfilter", "overlay"));
        if (cluster.k3s().backend() == Backend.VXLAN) {
            needed.add("vxlan");
        } else if (cluster.k3s().backend() == Backend.WIREGUARD) {
            needed.add("wireguard");
        }
        if (cluster.addons().longhorn()) {
            needed.add("iscsi_tcp");
        }
        return needed;
    }

    private static void iptables(Cluster cluster, Node node, Facts facts, List<Finding> findings) {
        facts.iptables()
                .known()
                .filter(version -> BROKEN_IPTABLES.matcher(version).matches())
                .filter(version ->
                        !"true".equals(String.valueOf(cluster.k3s().config().get(BUNDLED))))
                .ifPresent(version -> findings.add(warn(
                        node.name() + ": has an iptables with a known fault",
                        "it is " + version
                                + "; with nftables 1.8.0 to 1.8.4 leave rules behind twice and more, until k3s fails",
                        "set k3s.config." + BUNDLED + ": true in the inventory, with which k3s uses its own")));
    }

    private static void programs(Node node, Facts facts, List<Finding> findings) {
        boolean half = facts.arch().known().filter("aarch64"::equals).isPresent()
                && facts.userland().known().filter("armhf"::equals).isPresent();
        if (half) {
            findings.add(warn(
                    node.name() + ": has a 64-bit kernel and 32-bit programs",
                    "so it gets the k3s for armhf, for which many images are not made",
                    "install the 64-bit system on it"));
        }
    }
}
