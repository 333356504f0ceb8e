package homelab.resource;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A condition of a Node is True. To be asked on a server.
 *
 * @param type "Ready" or "EtcdIsVoter"
 */
public record NodeCondition(NodeName node, String type) implements Resource, OfNode {

    public static NodeCondition ready(NodeName node) {
        return new NodeCondition(node, "Ready");
    }

    /** The server's etcd counts in votes, so the next server may join. */
    public static NodeCondition voter(NodeName node) {
        return new NodeCondition(node, "EtcdIsVoter");
    }

    @Override
    public String id() {
        return "node " + node + " " + type;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(NodeList.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(NodeList.PROBE), this::judged);
    }

    private Status judged(NodeList list) {
        Optional<NodeView> view = list.node(node);
        if (view.isPresent() && view.get().is(type)) {
            return Status.SAME;
        }
        return Status.drift(Worst.WAIT, "node " + node, before(list, view), type);
    }

    private String before(NodeList list, Optional<NodeView> view) {
        if (view.isEmpty()) {
            return list.there() ? "not in the cluster" : "no API";
        }
        return view.get()
                .condition(type)
                .map(is -> "not " + type + (is.message().isEmpty() ? "" : " (" + is.message() + ")"))
                .orElse("not " + type + " yet");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }
}
