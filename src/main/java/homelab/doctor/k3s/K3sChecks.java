package homelab.doctor.k3s;

import homelab.doctor.Check;
import java.util.List;

/** The group K3S. */
public final class K3sChecks {
    private K3sChecks() {}

    public static List<Check> all() {
        return List.of(new ApiAnswers(), new NodesAsDeclared());
    }
}
