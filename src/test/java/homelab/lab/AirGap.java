package homelab.lab;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A lab without a line to the outside: its hosts, and a place of the client's own on their network, have a default route
 * into a pipe that nobody empties and that counts what goes in.
 */
final class AirGap implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private static final String ROUTE = """
            ip link add outside type veth peer name nowhere
            for l in outside nowhere; do sysctl -qw net.ipv6.conf.$l.disable_ipv6=1; ip link set $l up; done
            ip addr add 192.0.2.1/32 dev outside
            ip route replace default dev outside
            """;

    private static final String COUNT = "cat /sys/class/net/outside/statistics/tx_packets";

    private final Lab lab;
    private final String place;

    private AirGap(Lab lab) {
        this.lab = lab;
        this.place = "gap-" + Integer.toHexString(lab.name().hashCode() & 0xfffff);
    }

    /** The hosts ask a resolver on their network that never answers, as behind a router without internet. */
    static AirGap around(Lab lab) {
        AirGap gap = new AirGap(lab);
        gap.close();
        String lan = lab.lan().replaceFirst("\\.0/.*", "");
        for (String node : lab.nodeNames()) {
            lab.on(node, "set -e\n" + ROUTE + "echo nameserver " + lan + ".1 >/etc/resolv.conf\n");
        }
        here("""
                set -e
                bridge=br-$(docker network inspect -f '{{.Id}}' homelab-%1$s | cut -c1-12)
                ip netns add %2$s
                ip link add %2$s type veth peer name eth0 netns %2$s
                ip link set %2$s master $bridge up
                ip netns exec %2$s sh -c 'ip link set lo up; ip addr add %3$s.200/24 dev eth0; ip link set eth0 up
                %4$s'
                """.formatted(lab.name(), gap.place, lan, ROUTE)).ok();
        return gap;
    }

    /** A command line that is run where the client has no way out either. */
    String within(String line) {
        return "ip netns exec " + place + " " + line;
    }

    /** Packets that wanted to the outside since the gap was made, by host; the client is "here". */
    Map<String, Integer> counted() {
        Map<String, Integer> counted = new LinkedHashMap<>();
        counted.put("here", Integer.parseInt(here(within(COUNT)).ok()));
        lab.nodeNames().forEach(node -> counted.put(node, Integer.parseInt(lab.on(node, COUNT))));
        return counted;
    }

    private static Said here(String script) {
        return Said.by(SHORT, "bash", "-c", script);
    }

    @Override
    public void close() {
        here("ip netns del " + place + " 2>/dev/null; ip link del " + place + " 2>/dev/null; :")
                .ok();
    }
}
