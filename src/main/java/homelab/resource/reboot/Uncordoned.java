package homelab.resource.reboot;

import homelab.drain.RebootMark;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.resource.OfNode;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node takes pods again, unless somebody had closed it before, and nothing stands on it of a reboot: both in one change,
 * so that a run that breaks off here has done either all or nothing. Asked and done on a server.
 */
public record Uncordoned(NodeName node, boolean staysClosed) implements Resource, OfNode {
    @Override
    public String id() {
        return "node " + node + " in service";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(NodeList.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(NodeList.PROBE),
                list -> list.node(node)
                        .map(this::judged)
                        .orElseGet(() -> new Status.Waits("the cluster has a node " + node, Worst.CHANGE)));
    }

    private Status judged(NodeView view) {
        List<Change> changes = new ArrayList<>();
        if (view.closed() && !staysClosed) {
            changes.add(new Change("node " + node, "takes no pods", "takes pods"));
        }
        if (view.annotations().containsKey(RebootMark.KEY)) {
            changes.add(new Change("annotation " + RebootMark.KEY, "there", "absent"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        String spec = staysClosed ? "" : ",\"spec\":{\"unschedulable\":null}";
        String patch = "{\"metadata\":{\"annotations\":{\"" + RebootMark.KEY + "\":null}}" + spec + "}";
        return Deed.Shell.of(Probe.LIFTED + "/usr/local/bin/k3s kubectl patch node " + Sh.quote(node.text())
                + " --type=merge -p " + Sh.quote(patch) + " >&2\n");
    }

    /**
     * The taint is taken off by the controller manager, and after the only server was killed its successor waits until the
     * lease of before has run out (Kubernetes, kube-controller-manager, leader-elect-lease-duration 15 s).
     */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }
}
