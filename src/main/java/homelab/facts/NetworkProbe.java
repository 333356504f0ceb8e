package homelab.facts;

import homelab.facts.Facts.Listener;
import homelab.facts.Facts.Nic;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Interfaces, addresses and the default route; and, for itself since it visits every process, who listens. */
final class NetworkProbe {
    private static final Pattern HEAD = Pattern.compile("\\d+: ([^:@]+)(?:@\\S+)?: <([^>]*)> mtu (\\d+).*");
    private static final Pattern DETAIL = Pattern.compile("\\s+(link/\\w+|inet6?) (\\S+)(.*)");
    private static final Pattern ROUTE = Pattern.compile("default .*?dev (\\S+)(?:.*? metric (\\d+))?.*");
    private static final Pattern PORT = Pattern.compile("(.*):(\\d+)");
    private static final Pattern PROGRAM = Pattern.compile(".*\\(\\(\"([^\"]*)\".*|.*\\s\\d+/(\\S+).*");

    private NetworkProbe() {}

    static final Probe<Sections> PROBE = Sections.probe("facts:network", FactProbes.LIMIT, """
            section nics; ip addr show || exit 1
            section wireless
            for n in /sys/class/net/*/phy80211; do [ ! -e "$n" ] || { n=${n%/*}; echo "${n##*/}"; }; done
            route=$(ip route show default 2>/dev/null)
            section route; echo "$route"
            section route6; [ -n "$route" ] || ip -6 route show default 2>/dev/null
            :
            """);

    static final Probe<Sections> LISTENERS = Sections.probe("facts:listeners", FactProbes.LIMIT, """
            section listeners
            if command -v ss >/dev/null; then ss -ltnpH; else netstat -ltnp 2>/dev/null || netstat -ltn; fi || exit 1
            """);

    static List<Nic> nics(Sections said) {
        String defaultNic = defaultNic(said).orElse("");
        // a snapshot kept by an earlier version does not say
        List<String> wireless =
                said.byName().getOrDefault("wireless", "").lines().toList();
        List<Nic> found = new ArrayList<>();
        for (String block : said.text("nics").split("\n(?=\\d+: )")) {
            nic(block.lines().toList(), defaultNic, wireless).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The interface that packets to the world leave by: IPv4's way with the least metric, or else IPv6's. */
    static Optional<String> defaultNic(Sections said) {
        return defaultNic(said.lines("route")).or(() -> defaultNic(said.lines("route6")));
    }

    private static Optional<String> defaultNic(List<String> routes) {
        return routes.stream()
                .map(ROUTE::matcher)
                .filter(Matcher::matches)
                .min(Comparator.comparingLong(route -> route.group(2) == null ? 0 : Long.parseLong(route.group(2))))
                .map(route -> route.group(1));
    }

    private static Optional<Nic> nic(List<String> block, String defaultNic, List<String> wireless) {
        Matcher head = HEAD.matcher(block.get(0));
        if (!head.matches()) {
            throw new IllegalStateException("ip wrote '" + block.get(0) + "'");
        }
        String name = head.group(1);
        if (name.equals("lo") || name.startsWith("veth")) {
            return Optional.empty();
        }
        String mac = "";
        List<String> addresses = new ArrayList<>();
        List<String> leased = new ArrayList<>();
        for (String line : block) {
            Matcher detail = DETAIL.matcher(line);
            if (detail.matches() && detail.group(1).startsWith("inet")) {
                addresses.add(detail.group(2));
                if (List.of(detail.group(3).strip().split("\\s+")).contains("dynamic")) {
                    leased.add(detail.group(2));
                }
            } else if (detail.matches()) {
                mac = detail.group(2);
            }
        }
        boolean up = List.of(head.group(2).split(",")).contains("UP");
        return Optional.of(new Nic(
                name,
                mac,
                up,
                List.copyOf(addresses),
                List.copyOf(leased),
                name.equals(defaultNic),
                Integer.parseInt(head.group(3)),
                wireless.contains(name)));
    }

    static List<Listener> listeners(Sections said) {
        List<Listener> found = new ArrayList<>();
        for (String line : said.lines("listeners")) {
            listener(line).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** {@code LISTEN 0 128 *:22 *:* users:(("sshd",pid=1,fd=3))}, or netstat's {@code tcp 0 0 :::22 :::* LISTEN 1/sshd}. */
    private static Optional<Listener> listener(String line) {
        String[] words = line.split("\\s+");
        Matcher port = PORT.matcher(words.length > 3 ? words[3] : "");
        if (!port.matches()) {
            return Optional.empty(); // netstat's headings
        }
        Matcher program = PROGRAM.matcher(line);
        String process =
                program.matches() ? Optional.ofNullable(program.group(1)).orElse(program.group(2)) : "";
        return Optional.of(new Listener(port.group(1), Integer.parseInt(port.group(2)), process));
    }
}
