package homelab.phase;

import homelab.drain.Elsewhere;
import homelab.facts.K3sState;
import homelab.model.Access;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.resource.reboot.OthersUp;
import homelab.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What speaks against rebooting nodes as things stand, and what it will cost.
 *
 * @param nodes those that are to be rebooted
 * @param storage where data lies
 */
public record RebootGuard(Site site, List<Node> nodes, Storage storage) {

    /**
     * @param others as read for {@link OthersUp}
     * @param elsewhere by node, where its pods could go on
     * @param minutes by server, for how long its API is likely to be away
     */
    public List<Finding> findings(
            Readings others, Map<Node, Elsewhere> elsewhere, Map<Node, Integer> minutes, boolean drain) {
        List<Finding> findings = new ArrayList<>();
        away().ifPresent(findings::add);
        here().ifPresent(findings::add);
        new NodesNow(names()).silent(site, others).ifPresent(findings::add);
        new NodesNow(names()).finding(others).ifPresent(findings::add);
        nodes.stream()
                .filter(Node::isServer)
                .forEach(node -> quorum(node, minutes.getOrDefault(node, 2)).ifPresent(findings::add));
        findings.addAll(new VolumesNow(nodes, storage).findings());
        elsewhere.forEach((node, pods) -> findings.addAll(homeless(node, pods, drain)));
        return findings;
    }

    private Set<NodeName> names() {
        return nodes.stream().map(Node::name).collect(Collectors.toSet());
    }

    private Optional<Finding> away() {
        String names = nodes.stream()
                .filter(node -> !site.reached(node))
                .map(node -> node.name().text())
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.refuse(
                        names + ": cannot be rebooted, since it does not answer",
                        "whoever cannot be told to boot cannot be seen to come back either",
                        "look at its screen or power it off and on; then homelab doctor"));
    }

    /** Who reboots himself is not there to open the node again. */
    private Optional<Finding> here() {
        return nodes.stream()
                .filter(node -> node.access() instanceof Access.Local)
                .findFirst()
                .map(node -> Finding.refuse(
                        node.name() + ": homelab runs on it",
                        "the run would end with it, and the node would stay closed to pods",
                        "run homelab on another machine, or name the other nodes"));
    }

    /** With one server, or two, there is no way around it. */
    private Optional<Finding> quorum(Node server, int minutes) {
        int servers = site.cluster().servers().size();
        int needed = servers / 2 + 1;
        long others = site.cluster().servers().stream()
                .filter(other -> !other.equals(server))
                .filter(other -> site.k3sOf(other).filter(K3sState::apiReady).isPresent())
                .count();
        if (others >= needed) {
            return Optional.empty();
        }
        if (servers < 3) {
            return Optional.of(Finding.warn(
                    "the API is away for about " + minutes + (minutes == 1 ? " minute" : " minutes") + " while "
                            + server.name() + " reboots",
                    servers == 1
                            ? "it is the only server; pods of other nodes go on, and nothing is placed or healed"
                            : "etcd of two servers needs both of them",
                    "three servers would go on without one"));
        }
        return Optional.of(Finding.refuse(
                server.name() + ": etcd would lose its quorum",
                others + " of " + servers + " servers would be left that answer, and " + needed + " are needed",
                "bring the other servers back first: homelab status tells which are down"));
    }

    private static List<Finding> homeless(Node node, Elsewhere pods, boolean drain) {
        List<Finding> findings = new ArrayList<>();
        if (drain && pods.nobodyMoves()) {
            findings.add(Finding.note(
                    node.name() + ": is not drained",
                    "none of its pods would find another place",
                    "they end with it, and start again with it"));
        }
        pods.nowhere()
                .forEach((who, why) -> findings.add(
                        Finding.warn(who + " has nowhere to go", why, "it is away until " + node.name() + " is back")));
        return findings;
    }
}
