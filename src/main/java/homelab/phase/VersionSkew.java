package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far apart releases of Kubernetes may be. Judged by what is wanted and what runs alone, so that it can be told before
 * any file of the release is looked up.
 */
public final class VersionSkew {
    /** A kubelet may be this much older than the API (Kubernetes, version skew policy, since 1.28). */
    private static final int OLDEST_KUBELET = 3;

    private VersionSkew() {}

    /**
     * What forbids the cluster's release on the hosts as they are.
     *
     * @param facts of the hosts that were reached; the others are not judged
     */
    public static List<Problem> refused(Cluster cluster, Map<NodeName, Facts> facts) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            Optional<K3sState> k3s = Optional.ofNullable(facts.get(node.name()))
                    .flatMap(host -> host.k3s().known());
            k3s.flatMap(state -> judge(cluster, node, state)).ifPresent(findings::add);
            k3s.filter(state -> !node.isServer())
                    .flatMap(state -> tooOld(cluster, node, state))
                    .ifPresent(findings::add);
        }
        return findings.stream().filter(Finding::refused).map(Finding::problem).toList();
    }

    /** One host's program against the release that is wanted. */
    static Optional<Finding> judge(Cluster cluster, Node node, K3sState k3s) {
        K3sVersion wanted = cluster.k3s().version();
        return k3s.version().flatMap(found -> {
            Optional<K3sVersion> now = K3sVersion.read(found);
            if (now.isEmpty()) {
                return Optional.of(noRelease(node, found, wanted));
            }
            if (now.get().compareTo(wanted) > 0) {
                return Optional.of(newer(node, found, wanted));
            }
            return k3s.holdsData() && now.get().minorsTo(wanted) > 1
                    ? Optional.of(tooFar(node, now.get(), wanted))
                    : Optional.empty();
        });
    }

    private static Finding noRelease(Node node, String found, K3sVersion wanted) {
        return warn(
                node.name() + ": its k3s is not a release",
                "/usr/local/bin/k3s says " + found + ", which cannot be compared with " + wanted,
                "nothing, if " + wanted + " may replace it");
    }

    /** Kubernetes, version skew policy: API servers go one minor at a time. */
    private static Finding tooFar(Node node, K3sVersion now, K3sVersion wanted) {
        String next = "v" + now.major() + "." + (now.minor() + 1);
        return refuse(
                node.name() + ": " + wanted + " is more than one minor away",
                "it runs " + now + ", and objects are only moved to their new forms from one minor to the next",
                "first the newest of the minor between, homelab upgrade --channel " + next
                        + ", or any of it by its name: homelab" + " upgrade --to " + next + ".0+k3s1, for instance");
    }

    private static Finding newer(Node node, String found, K3sVersion wanted) {
        return refuse(
                node.name() + ": runs a newer k3s than the inventory wants",
                "it has " + found + " and the inventory says " + wanted + "; Kubernetes cannot go back",
                "set k3s.version in the inventory to " + found + " or later");
    }

    private static Optional<Finding> tooOld(Cluster cluster, Node node, K3sState k3s) {
        K3sVersion wanted = cluster.k3s().version();
        return k3s.version()
                .flatMap(K3sVersion::read)
                .filter(is -> is.minorsTo(wanted) > OLDEST_KUBELET)
                .map(is -> refuse(
                        node.name() + ": is too old for servers of " + wanted,
                        "it runs " + is + ", and a kubelet may be at most " + OLDEST_KUBELET + " minors older",
                        "bring it nearer first: homelab upgrade --to a release between"));
    }
}
