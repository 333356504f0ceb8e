package homelab.doctor.host;

import homelab.doctor.Check;
import java.util.List;

/** The group HOST. */
public final class HostChecks {
    private HostChecks() {}

    public static List<Check> all() {
        return List.of(new Reached(), new Cgroups(), new TimeKept());
    }
}
