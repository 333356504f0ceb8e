package homelab.resource.reboot;

import homelab.drain.RebootMark;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.resource.OfNode;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.Optional;

/** It stands on the Node that it is being rebooted, before anything is done to it. Asked and done on a server. */
public record MarkedForReboot(NodeName node, RebootMark mark) implements Resource, OfNode {

    /** What stands on a Node of a run that has not ended. */
    public static Optional<RebootMark> on(NodeView node) {
        return Optional.ofNullable(node.annotations().get(RebootMark.KEY)).flatMap(RebootMark::parse);
    }

    @Override
    public String id() {
        return "annotation " + RebootMark.KEY + " of " + node;
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
        return list.node(node).flatMap(MarkedForReboot::on).equals(Optional.of(mark))
                ? Status.SAME
                : Status.drift(
                        Worst.CHANGE, id(), "absent", "boot " + mark.bootId().split("-")[0] + " is the old one");
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(Probe.LIFTED + "/usr/local/bin/k3s kubectl annotate --overwrite node "
                + Sh.quote(node.text()) + " " + Sh.quote(RebootMark.KEY + "=" + mark.text()) + " >&2\n");
    }
}
