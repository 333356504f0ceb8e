package homelab.resource.reboot;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * No node but these is away or closed to pods, so that what leaves one finds a place, and no two are away at once. Asked on a
 * server.
 *
 * @param apart those that are about to be away
 */
public record OthersUp(Set<NodeName> apart) implements Resource {

    public OthersUp {
        apart = Set.copyOf(apart);
    }

    @Override
    public String id() {
        return "all other nodes in service";
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
        if (!list.there()) {
            return Status.drift(Worst.WAIT, "API", "no answer", "answers");
        }
        List<Change> away = list.byName().values().stream()
                .filter(node -> !apart.contains(new NodeName(node.name())))
                .filter(node -> !node.is("Ready") || node.closed())
                .map(node -> new Change("node " + node.name(), told(node), "in service"))
                .toList();
        return away.isEmpty() ? Status.SAME : new Status.Drift(away, Worst.WAIT);
    }

    private static String told(NodeView node) {
        if (!node.is("Ready")) {
            return "not Ready";
        }
        return MarkedForReboot.on(node)
                .map(mark -> "closed to pods since its reboot of " + mark.since())
                .orElse("closed to pods");
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
