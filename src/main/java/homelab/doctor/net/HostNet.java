package homelab.doctor.net;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a host's kernel has of the network.
 *
 * @param lines by their first word: "route", "neigh" (address and MAC, fresh ones alone) and "mac"
 * @param numbers "legacy" and "nft": rules in each back end of iptables; "conntrack" and "conntrack-max": connections
 */
record HostNet(Map<String, List<String>> lines, Map<String, Long> numbers) {

    /** The old back end's tables are only read where they are loaded: to ask for one loads it. */
    static final Probe<HostNet> PROBE = Probe.of("doctor:host-net", """
            PATH=$PATH:/usr/sbin:/sbin
            if grep -qs . /proc/net/ip_tables_names && command -v iptables-legacy-save >/dev/null; then
              echo "legacy $(timeout 4 iptables-legacy-save 2>/dev/null | grep -c '^-A')"
            fi
            if command -v iptables-nft-save >/dev/null; then
              echo "nft $(timeout 4 iptables-nft-save 2>/dev/null | grep -c '^-A')"
            fi
            for what in count max; do
              read -r n </proc/sys/net/netfilter/nf_conntrack_$what 2>/dev/null && echo "conntrack-$what $n"
            done
            ip route show 2>/dev/null | sed 's/^/route /'
            ip -6 route show default 2>/dev/null | sed 's/^/route /'
            ip neigh show 2>/dev/null |
              awk '/lladdr/ && /(REACHABLE|DELAY|PERMANENT)$/ { for (i = 1; i < NF; i++) if ($i == "lladdr") print "neigh", $1, $(i + 1) }'
            for mac in /sys/class/net/*/address; do read -r m <"$mac" 2>/dev/null && echo "mac $m"; done
            :
            """, HostNet::parse);

    HostNet {
        lines = Map.copyOf(lines);
        numbers = Map.copyOf(numbers);
    }

    private static HostNet parse(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the host has more routes and neighbours than can be read");
        }
        Map<String, List<String>> lines = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ", 2);
            if (words.length == 2 && words[1].matches("\\d{1,15}")) {
                numbers.put(words[0], Long.parseLong(words[1]));
            } else if (words.length == 2) {
                lines.computeIfAbsent(words[0], word -> new ArrayList<>()).add(words[1]);
            }
        }
        return new HostNet(lines, numbers);
    }

    List<String> of(String kind) {
        return lines.getOrDefault(kind, List.of());
    }

    long number(String what) {
        return numbers.getOrDefault(what, 0L);
    }

    /** How full the table of connections is, in percent; empty where there is none. */
    OptionalLong conntrackPercent() {
        long max = number("conntrack-max");
        return max <= 0 ? OptionalLong.empty() : OptionalLong.of(100 * number("conntrack-count") / max);
    }
}
