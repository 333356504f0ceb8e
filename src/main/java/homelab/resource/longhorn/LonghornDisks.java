package homelab.resource.longhorn;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.OfNode;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Longhorn uses these folders of a node, and they can hold data. Further ones stay: there is data on them. Asked on the leader.
 *
 * @param paths without a slash at their ends
 */
public record LonghornDisks(String namespace, NodeName node, List<String> paths) implements Resource, OfNode {

    public LonghornDisks {
        paths = List.copyOf(paths);
    }

    @Override
    public String id() {
        return "Longhorn's disks of " + node;
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
        if (!found.disks().containsKey(node.text())) {
            return new Status.Waits("Longhorn knows " + node, Worst.CREATE);
        }
        Set<String> there = found.disks().getOrDefault(node.text(), Set.of());
        List<Change> changes = new ArrayList<>();
        paths.stream()
                .filter(path -> !there.contains(path))
                .forEach(path -> changes.add(new Change(path + " of " + node, "not used", "a disk of Longhorn")));
        if (!changes.isEmpty()) {
            return new Status.Drift(changes, Worst.CREATE);
        }
        List<Change> against = found.against(node);
        return against.isEmpty() ? Status.SAME : new Status.Drift(against, Worst.WAIT);
    }

    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder(Probe.LIFTED)
                .append("set -eu\nk() { k3s kubectl -n ")
                .append(Sh.quote(namespace))
                .append(" \"$@\"; }\nnode=")
                .append(Sh.quote(node.text()))
                .append(
                        "\nthere=$(k get nodes.longhorn.io \"$node\" -o jsonpath='{range .spec.disks.*}{.path}{\"\\n\"}{end}'"
                                + " | sed 's,/*$,,')\n")
                .append("add() { printf '%s\\n' \"$there\" | grep -qxF \"$1\" ||"
                        + " k patch nodes.longhorn.io \"$node\" --type=merge -p \"$2\" >&2; }\n");
        paths.forEach(path -> script.append("add ")
                .append(Sh.quote(path))
                .append(' ')
                .append(Sh.quote(DiskConfig.patch(path)))
                .append('\n'));
        return Deed.Shell.of(script.toString());
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(3);
    }
}
