package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/** That nobody needs to know any more for what k3s was started again. */
public record RestartOver() implements Resource {
    private static final Probe<Boolean> PROBE = Probe.yes("note of a restart", "[ -e " + Restarted.NOTE + " ]");

    @Override
    public String id() {
        return "note of the restart";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(PROBE),
                there -> there ? Status.drift(Worst.CHANGE, Restarted.NOTE, "kept", "absent") : Status.SAME);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("rm -f " + Restarted.NOTE + "\n");
    }
}
