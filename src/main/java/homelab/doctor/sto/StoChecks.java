package homelab.doctor.sto;

import homelab.doctor.Check;
import java.util.List;

/** The group STO. */
public final class StoChecks {
    private StoChecks() {}

    public static List<Check> all() {
        return List.of(
                new Prerequisites(),
                new Sidecars(),
                new Replicas(),
                new Volumes(),
                new Backups(),
                new NfsMounts(),
                new Pinned(),
                new Claims(),
                new Copies());
    }
}
