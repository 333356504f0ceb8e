package homelab.resource.reset;

import homelab.model.Cidr;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.List;

/**
 * The pod network's interfaces and routes. Cilium's come before all else: with its programs left on an interface of the
 * host the host is cut off (k3s 8347).
 */
public final class Interfaces {
    private static final List<String> NAMES = List.of(
            "cilium_vxlan",
            "cilium_net",
            "cilium_host",
            "cni0",
            "flannel.1",
            "flannel-v6.1",
            "flannel-wg",
            "flannel-wg-v6",
            "kube-ipvs0",
            "nodelocaldns");

    private static final String LEFT = """
            links() {
              for l in %s; do if [ -e /sys/class/net/$l ]; then echo $l; fi; done
              for l in /sys/class/net/cni0/brif/*; do if [ -e "$l" ]; then echo "${l##*/}"; fi; done
            }
            routes() { ip -%s route show root %s; }
            """;

    private Interfaces() {}

    /** @param pods the cluster's network of pods */
    public static Gone gone(Cidr pods) {
        String left =
                LEFT.formatted(String.join(" ", NAMES), pods.base().isV6() ? "6" : "4", Sh.quote(pods.toString()));
        String look = left + """
                links | sed 's/^/interface /; s/$/\\tthere/'
                routes | sed 's/^\\([^ ]*\\) .*/route to \\1\\tthere/'
                """;
        return Gone.of("pod network", look, "absent", left + """
                for l in $(links | sort -u); do [ ! -e /sys/class/net/$l ] || ip link delete "$l" || exit 1; done
                routes | while read -r route; do ip route delete ${route%% metric*} || exit 1; done
                """, Duration.ofMinutes(1));
    }
}
