package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/** That a server is on the way to no snapshot any more. */
public record RestoreOver() implements Resource {

    @Override
    public String id() {
        return "note of the restore";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(RestoreStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(RestoreStage.PROBE),
                is -> is.name().isEmpty()
                        ? Status.SAME
                        : Status.drift(Worst.CHANGE, RestoreStage.NOTE, "of " + is.name(), "absent"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("rm -f " + RestoreStage.NOTE + "\n");
    }
}
