package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/**
 * What a host has for a firewall, for people to see.
 *
 * @param state of UFW
 * @param rules its rules, ours and those of others
 * @param beside what else filters there, or is to be known, a line each
 */
public record UfwSeen(Reading<UfwLook.State> state, Reading<List<UfwRule>> rules, Reading<List<String>> beside) {

    // /proc tells whether tables of the old kind are in use: their own program would make them by asking.
    private static final Probe<List<String>> BESIDE = new Probe<>(
            "beside ufw",
            """
            kind=$(iptables -V 2>/dev/null | sed -n 's/.*(\\(.*\\))$/\\1/p')
            case $kind in nf_tables) echo 'iptables writes to nftables' ;; legacy) echo 'iptables writes to the old tables (legacy)' ;; esac
            old=$(cat /proc/net/ip_tables_names 2>/dev/null | tr '\\n' ' ')
            if [ "$kind" = nf_tables ] && [ -n "$old" ]; then
              n=$(iptables-legacy -w 5 -S 2>/dev/null | grep -c '^-A')
              [ "$n" = 0 ] || echo "iptables-legacy holds $n more rules, which are asked too: sudo iptables-legacy -S"
            fi
            if [ "$kind" = legacy ]; then
              n=$(iptables-nft -w 5 -S 2>/dev/null | grep -c '^-A')
              [ "$n" = 0 ] || echo "iptables-nft holds $n more rules, which are asked too: sudo iptables-nft -S"
            fi
            if command -v nft >/dev/null; then
              nft list tables 2>/dev/null | grep -vE '^table (ip|ip6|bridge) (filter|nat|mangle|raw|security)$' |
                sed 's/^table /nftables has a table of its own: /'
            fi
            foreign=$(iptables -w 5 -S INPUT 2>/dev/null | grep '^-A' | grep -vcE -e '-j (ufw-|KUBE-|FLANNEL-|CNI-|CILIUM_|DOCKER)')
            [ "${foreign:-0}" = 0 ] || echo "$foreign rules of others stand in INPUT itself: sudo iptables -S INPUT"
            if iptables -w 5 -S DOCKER >/dev/null 2>&1; then echo 'ports that Docker publishes are not filtered by UFW'; fi
            for unit in firewalld nftables; do
              if systemctl -q is-active $unit 2>/dev/null; then echo "$unit is at work beside UFW"; fi
            done
            if grep -qsx 'IPV6=no' /etc/default/ufw && ip -6 -o addr show scope global 2>/dev/null | grep -q .; then
              echo 'UFW drops all IPv6 (IPV6=no in /etc/default/ufw), and the host has such an address'
            fi
            d=/var/lib/homelab/firewall
            [ ! -e $d/unconfirmed ] || echo 'a change waits for its confirmation, and is taken back within 30 s without it'
            [ ! -e $d/returned ] || echo "the last change was taken back: $(cat $d/returned)"
            :
            """,
            Duration.ofSeconds(20),
            answer -> answer.text().lines().toList());

    public static List<Probe<?>> probes() {
        return List.of(UfwLook.STATE, UfwLook.RULES, BESIDE);
    }

    public static UfwSeen of(Readings readings) {
        return new UfwSeen(readings.of(UfwLook.STATE), readings.of(UfwLook.RULES), readings.of(BESIDE));
    }
}
