package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.SnapshotLook;
import java.nio.file.Path;
import java.util.List;

/**
 * A packed snapshot on a host, on its way to its place; or there already.
 *
 * @param local the open file here
 * @param name of the snapshot
 */
public record CarriedSnapshot(Path local, String sha256, String name) implements Resource {

    private Probe<Boolean> probe() {
        return Probe.yes(
                "carried:" + name,
                "[ -e " + Sh.quote(Beside.way(name)) + " ] || [ -e "
                        + Sh.quote(SnapshotLook.BESIDE + "/" + name + "/about") + " ]");
    }

    @Override
    public String id() {
        return "file of " + name;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                there -> there ? Status.SAME : Status.drift(Worst.CREATE, Beside.way(name), "absent", "uploaded"));
    }

    @Override
    public Deed deed() {
        return new Deed.Upload(local, Beside.way(name), sha256, "0600");
    }
}
