package homelab.doctor.pod;

import homelab.doctor.Check;
import java.util.List;

/** The group POD. */
public final class PodChecks {
    private PodChecks() {}

    public static List<Check> all() {
        return List.of(
                new BestEffort(), new Guaranteed(), new MemoryBudget(), new Restarts(), new Stuck(), new Debris());
    }
}
