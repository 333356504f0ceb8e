package homelab.resource.reboot;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * A host has been booted since a run began. Asked and done on that host.
 *
 * @param before its boot id when the run began
 * @param beside whether other hosts may be booted at the same time
 */
public record Rebooted(NodeName node, String before, boolean beside) implements Resource {
    /** A Pi from an SD card, with services that take their time to stop. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Probe<String> PROBE = Probe.text("boot:id", "cat /proc/sys/kernel/random/boot_id");

    @Override
    public String id() {
        return "reboot";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(PROBE),
                now -> now.strip().equals(before)
                        ? Status.drift(Worst.REBOOT, "host " + node, "runs since its last boot", "booted anew")
                        : Status.SAME);
    }

    @Override
    public Deed deed() {
        return new Deed.Reboot(LIMIT, !beside);
    }
}
