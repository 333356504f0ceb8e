package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/** Kernel arguments that are in the file and not yet in effect: the host is booted for them, and for nothing else. */
public record RebootPending(KernelArgs args) implements Resource {

    @Override
    public String id() {
        return "reboot";
    }

    @Override
    public List<Probe<?>> probes() {
        return args.probes();
    }

    @Override
    public Status status(Readings readings) {
        Reading<KernelArgs.Boot> reading = readings.of(args.look());
        return reading instanceof Reading.Known<KernelArgs.Boot> known
                ? judged(known.value())
                : new Status.Unknown(((Reading.Unknown<KernelArgs.Boot>) reading).why());
    }

    private static Status judged(KernelArgs.Boot boot) {
        if (boot.inEffect()) {
            return Status.SAME;
        }
        if (boot.file().isEmpty()) {
            return new Status.NotHere("nothing was changed that a boot brings into effect");
        }
        if (!boot.saved()) {
            return new Status.Waits("the kernel arguments are in " + boot.file(), Worst.REBOOT);
        }
        return boot.booted()
                ? new Status.Unknown(
                        "booted with " + String.join(" ", KernelArgs.ARGS) + ", and the memory cgroup is still off")
                : Status.drift(Worst.REBOOT, "memory cgroup", "off", "on, after a reboot");
    }

    @Override
    public Deed deed() {
        return new Deed.Reboot(Duration.ofMinutes(5), true);
    }
}
