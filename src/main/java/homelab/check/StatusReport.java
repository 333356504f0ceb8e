package homelab.check;

import homelab.check.ApiView.NodeView;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code status} tells, as data.
 *
 * @param at when it was looked
 * @param verdict one sentence on the whole
 */
public record StatusReport(
        String cluster, Instant at, String verdict, List<NodeLine> nodes, List<Condition> conditions) {

    /**
     * @param version the kubelet's, if the API showed it
     * @param ready the condition NodeReady
     * @param age since the Node was created
     * @param inInventory false for a Node that the cluster has and the inventory has not
     */
    public record NodeLine(
            String name,
            Role role,
            Optional<String> version,
            Verdict ready,
            Optional<Duration> age,
            boolean inInventory) {}

    public StatusReport {
        nodes = List.copyOf(nodes);
        conditions = List.copyOf(conditions);
    }

    public static StatusReport of(Cluster cluster, Snapshot snapshot) {
        List<Condition> conditions = Conditions.judge(cluster, snapshot);
        List<NodeLine> nodes = lines(cluster, snapshot, conditions);
        String verdict = Sentence.of(nodes, conditions);
        return new StatusReport(cluster.name(), snapshot.at(), verdict, nodes, conditions);
    }

    /** FALSE if any condition is; else UNKNOWN if any is; else TRUE. */
    public Verdict worst() {
        if (conditions.stream().anyMatch(condition -> condition.verdict() == Verdict.FALSE)) {
            return Verdict.FALSE;
        }
        boolean unknown = conditions.stream().anyMatch(condition -> condition.verdict() == Verdict.UNKNOWN);
        return unknown ? Verdict.UNKNOWN : Verdict.TRUE;
    }

    private static List<NodeLine> lines(Cluster cluster, Snapshot snapshot, List<Condition> conditions) {
        List<NodeLine> lines = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            String name = node.name().text();
            Optional<NodeView> found = snapshot.api().node(name);
            lines.add(new NodeLine(
                    name,
                    node.role(),
                    found.map(NodeView::version),
                    ready(name, conditions),
                    age(found, snapshot),
                    true));
        }
        strangers(cluster, snapshot).forEach(lines::add);
        return lines;
    }

    private static List<NodeLine> strangers(Cluster cluster, Snapshot snapshot) {
        return snapshot.api().nodes().known().orElse(List.of()).stream()
                .filter(found -> cluster.nodes().stream()
                        .map(Node::name)
                        .map(NodeName::text)
                        .noneMatch(found.name()::equals))
                .map(found -> new NodeLine(
                        found.name(),
                        found.server() ? Role.SERVER : Role.AGENT,
                        Optional.of(found.version()),
                        found.ready().isTrue() ? Verdict.TRUE : Verdict.FALSE,
                        age(Optional.of(found), snapshot),
                        false))
                .toList();
    }

    private static Verdict ready(String node, List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.name() == Condition.Name.NodeReady
                        && condition.subject().equals(node))
                .map(Condition::verdict)
                .findFirst()
                .orElse(Verdict.UNKNOWN);
    }

    private static Optional<Duration> age(Optional<NodeView> node, Snapshot snapshot) {
        return node.flatMap(NodeView::created).map(created -> Duration.between(created, snapshot.at()));
    }
}
