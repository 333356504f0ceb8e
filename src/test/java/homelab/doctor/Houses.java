package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.facts.RoundTrip;
import homelab.json.JsonAnswer;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.phase.Clusters;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes snapshots for tests: two Pis, jarvis and ultron, unless another cluster is given. */
public final class Houses {
    public static final Instant NOW = Instant.parse("2026-11-22T04:44:00Z");

    private final Cluster cluster;
    private final Map<NodeName, Map<String, Reading<Answer>>> answers = new HashMap<>();
    private final Map<NodeName, Seen> unreachable = new HashMap<>();
    private final Map<String, Reading<List<JsonNode>>> lists = new HashMap<>();

    private Houses(Cluster cluster) {
        this.cluster = cluster;
    }

    public static Houses twoPis() {
        return of(Clusters.twoPis());
    }

    public static Houses of(Cluster cluster) {
        return new Houses(cluster);
    }

    public Houses answers(String node, Probe<?> probe, String text) {
        return answers(node, probe, 0, text);
    }

    public Houses answers(String node, Probe<?> probe, int exit, String text) {
        return put(node, probe, new Reading.Known<>(new Answer(exit, text.getBytes(StandardCharsets.UTF_8), false)));
    }

    /** That it could not be asked. */
    public Houses blind(String node, Probe<?> probe, String why) {
        return put(node, probe, new Reading.Unknown<>(why));
    }

    private Houses put(String node, Probe<?> probe, Reading<Answer> answer) {
        answers.computeIfAbsent(new NodeName(node), name -> new HashMap<>()).put(probe.id(), answer);
        return this;
    }

    public Houses lost(String node, String why) {
        unreachable.put(new NodeName(node), new Seen.Unreachable(why, "switch it on"));
        return this;
    }

    /** @param items a JSON array */
    public Houses lists(Listing listing, String items) {
        List<JsonNode> all = new ArrayList<>();
        JsonAnswer.tree(items).forEach(all::add);
        lists.put(listing.name(), new Reading.Known<>(all));
        return this;
    }

    public Houses listsNothing(Listing listing, String why) {
        lists.put(listing.name(), new Reading.Unknown<>(why));
        return this;
    }

    public Snapshot snapshot() {
        Map<NodeName, Seen> hosts = new HashMap<>();
        cluster.nodes()
                .forEach(node -> hosts.put(
                        node.name(),
                        new Seen.Reached(
                                new RoundTrip(NOW, NOW), new Answers(answers.getOrDefault(node.name(), Map.of())))));
        hosts.putAll(unreachable);
        return new Snapshot(NOW, hosts, lists);
    }

    public House house() {
        return new House(cluster, snapshot());
    }
}
