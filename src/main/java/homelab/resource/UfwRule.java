package homelab.resource;

import homelab.model.Cidr;
import homelab.model.Ip;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A rule as UFW keeps it in user.rules behind {@code ### tuple ###}: action, protocol, port, destination, source port,
 * source, two application names if it has any, direction with interface. Two rules are the same when their tuples are.
 *
 * @param tuple its words, one blank between, without the comment
 * @param comment in clear text, empty when there is none
 */
public record UfwRule(String tuple, String comment) {
    /** Begins the comment of every rule that is ours; what does not begin so is never touched. */
    public static final String OURS = "homelab: ";

    private static final String MARK = "### tuple ### ";

    /**
     * An opening for those who come from a network.
     *
     * @param protocol "tcp", "udp" or "any"
     * @param port a port, a range {@code 2379:2380}, or "any"
     * @param why without our prefix
     */
    public static UfwRule allow(String protocol, String port, Cidr from, String why) {
        String anywhere = from.base().isV6() ? "::/0" : "0.0.0.0/0";
        String tuple = String.join(" ", "allow", protocol, port, anywhere, "any", source(from), "in");
        return new UfwRule(tuple, OURS + why);
    }

    /** As UFW spells networks: no prefix behind a single address, IPv6 shortened. */
    private static String source(Cidr from) {
        int width = from.base().isV6() ? 128 : 32;
        String base = shortened(from.base());
        return from.bits() == width ? base : base + "/" + from.bits();
    }

    private static String shortened(Ip ip) {
        if (!(ip.address() instanceof Inet6Address)) {
            return ip.toString();
        }
        String longest = "";
        String groups = ":" + ip.address().getHostAddress() + ":";
        for (String zeros = ":0:0:"; groups.contains(zeros); zeros += "0:") {
            longest = zeros;
        }
        int at = groups.indexOf(longest);
        String text =
                longest.isEmpty() ? groups : groups.substring(0, at) + "::" + groups.substring(at + longest.length());
        return text.replaceAll("^:(?!:)|(?<!:):$", "");
    }

    /** @throws IllegalArgumentException when the line is no rule of user.rules */
    static UfwRule parse(String line) {
        int comment = line.indexOf(" comment=");
        String tuple = comment < 0 ? line : line.substring(0, comment);
        if (!tuple.startsWith(MARK) || tuple.split(" ").length < 9) {
            throw new IllegalArgumentException("not a rule of UFW: " + line);
        }
        String hex = comment < 0
                ? ""
                : line.substring(comment + " comment=".length()).strip();
        return new UfwRule(
                tuple.substring(MARK.length()).strip(),
                new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8));
    }

    private String word(int at) {
        return tuple.split(" ")[at];
    }

    String action() {
        return word(0);
    }

    String protocol() {
        return word(1);
    }

    String port() {
        return word(2);
    }

    String destination() {
        return word(3);
    }

    String sourcePort() {
        return word(4);
    }

    String source() {
        return word(5);
    }

    /** "in", or with an interface "in_eth0"; "out" and "in_eth0!out_eth1" too. */
    String way() {
        return tuple.substring(tuple.lastIndexOf(' ') + 1);
    }

    /** Whether we made it: by its comment, and by a shape that we make. */
    public boolean ours() {
        return comment.startsWith(OURS)
                && sourcePort().equals("any")
                && way().equals("in")
                && tuple.split(" ").length == 7;
    }

    /** The same traffic, whatever is done with it. */
    boolean sameTraffic(UfwRule other) {
        return tuple.substring(tuple.indexOf(' ')).equals(other.tuple.substring(other.tuple.indexOf(' ')));
    }

    /** What follows {@code ufw} to add it; only for rules made by {@link #allow}. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(action()));
        if (!protocol().equals("any")) {
            words.addAll(List.of("proto", protocol()));
        }
        words.addAll(List.of("from", source(), "to", "any"));
        if (!port().equals("any")) {
            words.addAll(List.of("port", port()));
        }
        words.addAll(List.of("comment", comment));
        return words;
    }

    /** For people: {@code allow 22/tcp from 10.0.1.0/24 (homelab: SSH from the LAN)}. */
    public String text() {
        String what = port().equals("any") ? "everything" : port() + (protocol().equals("any") ? "" : "/" + protocol());
        String to = destination().endsWith("/0") ? "" : " to " + destination();
        String from = source().replaceFirst("^0\\.0\\.0\\.0/0$", "anywhere").replaceFirst("^::/0$", "anywhere by IPv6");
        String by = way().equals("in") ? "" : " " + way().replace('_', ' ');
        return action() + " " + what + to + " from " + from + by + (comment.isEmpty() ? "" : " (" + comment + ")");
    }
}
