package homelab.doctor.host;

import homelab.doctor.Check;
import java.util.List;

/** The group HOST. */
public final class HostChecks {
    private HostChecks() {}

    public static List<Check> all() {
        return List.of(
                new Reached(),
                new OsSupported(),
                new RebootPending(),
                new Cgroups(),
                new KernelSettings(),
                new TimeKept(),
                new Watchdog(),
                new Stalls(),
                new Starved(),
                new DiskFaults(),
                new Power(),
                new Journal(),
                new Pressure(),
                new Space());
    }
}
