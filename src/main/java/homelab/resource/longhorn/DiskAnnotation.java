package homelab.resource.longhorn;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.NodeList;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/** A Node says which folders Longhorn is to use on it. Longhorn reads that only as long as it has no disk there. */
public record DiskAnnotation(NodeName node, List<String> paths) implements Resource {
    private static final String KEY = "node.longhorn.io/default-disks-config";

    public DiskAnnotation {
        paths = List.copyOf(paths);
    }

    @Override
    public String id() {
        return "disks of " + node + " for Longhorn";
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
                        .map(view -> judged(view.annotations().getOrDefault(KEY, "")))
                        .orElseGet(() -> new Status.Waits(node + " is in the cluster", Worst.CHANGE)));
    }

    private Status judged(String is) {
        return is.equals(DiskConfig.annotation(paths))
                ? Status.SAME
                : Status.drift(Worst.CHANGE, id(), is.isEmpty() ? "not said" : "others", String.join(", ", paths));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(Probe.LIFTED + "k3s kubectl annotate --overwrite node " + Sh.quote(node.text()) + " "
                + Sh.quote(KEY + "=" + DiskConfig.annotation(paths)) + " >&2\n");
    }
}
