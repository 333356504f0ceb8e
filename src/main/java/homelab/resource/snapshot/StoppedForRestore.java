package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** k3s stopped on a server whose data are about to change. Pods go on. @param snapshot its name */
public record StoppedForRestore(String snapshot) implements Resource {

    @Override
    public String id() {
        return "k3s stopped";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(RestoreStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(RestoreStage.PROBE), this::judged);
    }

    private Status judged(RestoreStage is) {
        boolean further = is.is(snapshot, RestoreStage.Step.ASIDE) || is.is(snapshot, RestoreStage.Step.RESTORED);
        return further || is.is(snapshot, RestoreStage.Step.STOPPED) && !is.runs()
                ? Status.SAME
                : Status.drift(Worst.RESTART, "service k3s", is.runs() ? "active" : "inactive", "stopped for a while");
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                "set -eu\n" + RestoreStage.Step.STOPPED.written(snapshot) + "systemctl stop k3s\n",
                Duration.ofMinutes(3));
    }
}
