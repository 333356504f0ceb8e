package homelab.gate;

import homelab.model.Backend;
import homelab.probe.Probe;
import java.util.List;

/** What of a node's pod network is not there: flannel's note of its subnet, its interface, the configuration of CNI. */
final class CniLook {
    private static final Probe<List<String>> TUNNEL = probe("flannel.1");
    private static final Probe<List<String>> WIREGUARD = probe("flannel-wg");
    private static final Probe<List<String>> BARE = probe("");

    private CniLook() {}

    static Probe<List<String>> of(Backend backend) {
        return switch (backend) {
            case VXLAN -> TUNNEL;
            case WIREGUARD -> WIREGUARD;
            case HOST_GW, NONE -> BARE;
        };
    }

    /** cni0 is made with the first pod of a node that has an address of its own: a node without one has none. */
    private static Probe<List<String>> probe(String link) {
        return Probe.of(
                "gate:cni",
                "link='" + link + "'\n" + """
                [ -s /run/flannel/subnet.env ] || echo /run/flannel/subnet.env
                if [ -n "$link" ]; then
                  flags=$(cat "/sys/class/net/$link/flags" 2>/dev/null) || flags=0
                  [ $((flags & 1)) = 1 ] || echo "interface $link, up"
                fi
                found=
                for f in /var/lib/rancher/k3s/agent/etc/cni/net.d/*.conf*; do [ -s "$f" ] && found=yes; done
                [ -n "$found" ] || echo 'a configuration in /var/lib/rancher/k3s/agent/etc/cni/net.d'
                :
                """,
                answer -> answer.text().lines().toList());
    }
}
