package homelab.resource.longhorn;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Longhorn itself says that its nodes and their disks can hold volumes, and each kubelet knows its driver. That its pods run is not
 * enough: a pod runs on a node that lacks iscsid too. Asked on the leader.
 *
 * @param namespace of the release
 * @param storage the nodes that hold data
 * @param nodes all nodes, where volumes are mounted
 */
public record LonghornReady(String namespace, List<NodeName> storage, List<NodeName> nodes) implements Resource {

    public LonghornReady {
        storage = List.copyOf(storage);
        nodes = List.copyOf(nodes);
    }

    @Override
    public String id() {
        return "Longhorn on the nodes";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(LonghornNodes.probe(namespace));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(LonghornNodes.probe(namespace)), this::judged);
    }

    private Status judged(LonghornNodes found) {
        if (!found.installed()) {
            return new Status.Waits("Longhorn is installed", Worst.WAIT);
        }
        List<Change> changes = new ArrayList<>();
        storage.forEach(node -> changes.addAll(found.against(node)));
        nodes.stream()
                .filter(node -> !found.driven().contains(node.text()))
                .forEach(node -> changes.add(
                        new Change(node.text(), "its kubelet does not know " + LonghornNodes.DRIVER, "registered")));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    /** The first pull of its images takes a Pi minutes. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
