package homelab.doctor.etcd;

import homelab.doctor.Check;
import java.util.List;

/** The group ETCD. */
public final class EtcdChecks {
    private EtcdChecks() {}

    public static List<Check> all() {
        return List.of(
                new Members(), new Health(), new DiskLatency(), new LeaderKept(), new Snapshots(), new Drilled());
    }
}
