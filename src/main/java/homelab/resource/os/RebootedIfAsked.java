package homelab.resource.os;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.reboot.BootReasons;
import homelab.resource.reboot.Rebooted;
import java.util.ArrayList;
import java.util.List;

/**
 * A host whose packages were renewed is booted when one of them asks for it, and else is not. Asked and done on that host.
 *
 * @param boot what a boot is
 * @param reasons why there may have to be one
 */
public record RebootedIfAsked(Rebooted boot, BootReasons reasons) implements Resource {

    @Override
    public String id() {
        return boot.id();
    }

    @Override
    public List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>(boot.probes());
        probes.add(PackagesRenewed.updates());
        probes.addAll(reasons.probes());
        return probes;
    }

    @Override
    public Status status(Readings readings) {
        Status booted = boot.status(readings);
        return booted.equals(Status.SAME)
                ? booted
                : Status.of(
                        readings.of(PackagesRenewed.updates()),
                        updates -> updates.some() ? later(updates) : Status.of(reasons.of(readings), this::now));
    }

    private static Status later(Updates updates) {
        List<String> known = updates.ofTheBoot();
        return new Status.Waits(
                known.isEmpty()
                        ? "the packages are renewed; it is booted only if one of them asks for it"
                        : "the packages are renewed; a boot brings " + String.join(", ", known) + " into effect",
                Worst.REBOOT);
    }

    private Status now(List<String> why) {
        List<Change> changes = why.stream()
                .map(reason -> new Change("host " + boot.node(), reason, "booted anew"))
                .toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.REBOOT);
    }

    @Override
    public Deed deed() {
        return boot.deed();
    }
}
