package homelab.doctor.k3s;

import homelab.doctor.Check;
import java.util.List;

/** The group K3S. */
public final class K3sChecks {
    private K3sChecks() {}

    public static List<Check> all() {
        return List.of(
                new ApiAnswers(),
                new NodesAsDeclared(),
                new Versions(),
                new Certificates(),
                new FlagsAsDeclared(),
                new MemoryKept(),
                new GracefulShutdown(),
                new KeptFiles(),
                new Restarts(),
                new Webhooks(),
                new DeprecatedApis());
    }
}
