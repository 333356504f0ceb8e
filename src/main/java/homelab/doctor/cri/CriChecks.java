package homelab.doctor.cri;

import homelab.doctor.Check;
import java.util.List;

/** The group CRI. */
public final class CriChecks {
    private CriChecks() {}

    public static List<Check> all() {
        return List.of(new GhostSandboxes(), new Orphans(), new PodAddresses());
    }
}
