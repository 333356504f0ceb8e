package homelab.doctor.net;

import homelab.model.Cidr;
import homelab.model.Ip;
import java.util.Arrays;
import java.util.List;

/**
 * A rule for what comes in, as UFW keeps it in user.rules behind {@code ### tuple ###}.
 *
 * @param action "allow", "deny", "reject" or "limit"
 * @param protocol "tcp", "udp" or "any"
 * @param ports "any", or numbers and ranges {@code 2379:2380} with commas between
 * @param way "in", or with an interface "in_eth0"
 */
record UfwLine(String action, String protocol, String ports, Cidr to, Cidr from, String way) {

    /** @throws IllegalArgumentException when it is no rule that we can read */
    static UfwLine parse(String tuple) {
        List<String> words = Arrays.asList(tuple.strip().split(" "));
        if (words.size() < 7) {
            throw new IllegalArgumentException("UFW has a rule that is not understood: " + tuple);
        }
        return new UfwLine(
                words.get(0).replaceFirst("_log.*", ""),
                words.get(1),
                words.get(2),
                network(words.get(3)),
                network(words.get(5)),
                words.get(words.size() - 1));
    }

    /** UFW writes a single address without its prefix length. */
    private static Cidr network(String text) {
        return text.contains("/") ? Cidr.parse(text) : single(Ip.parse(text));
    }

    static Cidr single(Ip ip) {
        return new Cidr(ip, ip.isV6() ? 128 : 32);
    }

    boolean allows() {
        return action.equals("allow") || action.equals("limit");
    }

    /** Whether it decides over some of that traffic. */
    boolean touches(Traffic traffic) {
        return from.overlaps(traffic.from())
                && to.contains(traffic.to())
                && (traffic.isOfAnyKind() || (isOf(traffic.protocol()) && holds(traffic.port())));
    }

    /** Whether it decides over all of it. Of a rule for one interface only what it allows is taken to be meant so. */
    boolean covers(Traffic traffic) {
        boolean kind = traffic.isOfAnyKind()
                ? protocol.equals("any") && ports.equals("any")
                : isOf(traffic.protocol()) && holds(traffic.port());
        boolean source = from.contains(traffic.from().base())
                && from.bits() <= traffic.from().bits();
        return kind && source && to.contains(traffic.to()) && (way.equals("in") || allows());
    }

    private boolean isOf(String other) {
        return protocol.equals("any") || protocol.equals(other);
    }

    private boolean holds(int port) {
        return ports.equals("any") || Arrays.stream(ports.split(",")).anyMatch(range -> within(range, port));
    }

    private static boolean within(String range, int port) {
        String[] ends = range.split(":");
        return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
    }

    String text() {
        String what = ports.equals("any") ? "everything" : ports + (protocol.equals("any") ? "" : "/" + protocol);
        String source = from.bits() == 0 ? "anywhere" : from.toString().replaceFirst("/(32|128)$", "");
        return action + " " + what + " from " + source + (way.equals("in") ? "" : " " + way.replace('_', ' '));
    }
}
