package homelab.doctor.net;

import homelab.doctor.Check;
import java.util.List;

/** The group NET. */
public final class NetChecks {
    private NetChecks() {}

    public static List<Check> all() {
        return List.of(
                new FirewallOn(),
                new FirewallLetsIn(),
                new FirewallKeepsOut(),
                new FirewallBlocks(),
                new Ports(),
                new Overlay(),
                new KernelNet(),
                new ClusterDns());
    }
}
