package homelab.phase;

import homelab.artifact.Release;
import homelab.facts.Facts;
import homelab.facts.Founding;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.probe.Reading;
import java.util.Map;
import java.util.Optional;

/**
 * All that phases make steps from: what should be, what is, and what was found to bring it about.
 *
 * @param facts of every host that was reached
 * @param leader the server of this cluster whose API answers; found, never assumed
 * @param release the release files by architecture as k3s names it ("amd64", "arm64", "arm")
 * @param token the cluster token if it is known before the first server runs
 * @param takeover what others installed on the hosts
 * @param outward the files by which k3s reaches what is outside
 */
public record Site(
        Cluster cluster,
        Map<NodeName, Facts> facts,
        Optional<Node> leader,
        Map<String, Release> release,
        Optional<Secret> token,
        Takeover takeover,
        Outward outward) {

    /** One on whose hosts nothing of others was found. */
    public Site(
            Cluster cluster,
            Map<NodeName, Facts> facts,
            Optional<Node> leader,
            Map<String, Release> release,
            Optional<Secret> token) {
        this(cluster, facts, leader, release, token, Takeover.NONE, Outward.DIRECT);
    }

    public Site {
        facts = Map.copyOf(facts);
        release = Map.copyOf(release);
    }

    /** What is to happen so that a server answers. */
    public Founding founding() {
        return leader.<Founding>map(Founding.Lives::new).orElseGet(() -> Founding.of(cluster, facts));
    }

    public boolean reached(Node node) {
        return facts.containsKey(node.name());
    }

    /** What k3s is on a host; empty when that is not known. */
    public Optional<K3sState> k3sOf(Node node) {
        return Optional.ofNullable(facts.get(node.name()))
                .flatMap(host -> host.k3s().known());
    }

    /** Whether k3s was just coming up on a host: what was seen of it then, its part of the pod network too, may be of before. */
    public boolean isComingUp() {
        return cluster.nodes().stream()
                .flatMap(node -> k3sOf(node).stream())
                .anyMatch(k3s -> k3s.active().equals("activating"));
    }

    public Facts factsOf(Node node) {
        Facts found = facts.get(node.name());
        if (found == null) {
            throw new IllegalStateException("no facts of " + node.name());
        }
        return found;
    }

    /** The release for the node's user land; empty when its architecture is unknown or not released. */
    public Optional<Release> releaseFor(Node node) {
        return architecture(factsOf(node)).flatMap(arch -> Optional.ofNullable(release.get(arch)));
    }

    /** k3s's name of the host's architecture, by user land since a 64-bit kernel may carry a 32-bit one. */
    public static Optional<String> architecture(Facts facts) {
        return facts.userland() instanceof Reading.Known<String> known
                ? Optional.of(known.value().equals("armhf") ? "arm" : known.value())
                : Optional.empty();
    }
}
