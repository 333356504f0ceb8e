package homelab.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** An IP address given as a literal; names are never looked up. */
public record Ip(InetAddress address) {
    // Each part of an IPv4 address is checked here: what the JDK does not take for a literal it would ask DNS for.
    private static final String PART = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern LITERAL =
            Pattern.compile("(" + PART + "\\.){3}" + PART + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** @throws IllegalArgumentException when the text is not an IPv4 or IPv6 literal */
    public static Ip parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        try {
            return new Ip(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
        }
    }

    /** @param raw 4 or 16 bytes, the highest first */
    static Ip of(byte[] raw) {
        try {
            return new Ip(InetAddress.getByAddress(raw));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(raw.length + " bytes are not an IP address", e);
        }
    }

    public boolean isV6() {
        return address.getAddress().length == 16;
    }

    // Written out for the sake of the start, as in NodeName.
    @Override
    public boolean equals(Object other) {
        return other instanceof Ip ip && address.equals(ip.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** An IPv6 address as RFC 5952 has it, which is how other programs write it into files that are compared. */
    @Override
    public String toString() {
        return isV6() ? shortened(address.getAddress()) : address.getHostAddress();
    }

    private static String shortened(byte[] raw) {
        List<String> groups = IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString((raw[2 * i] & 0xff) << 8 | raw[2 * i + 1] & 0xff))
                .toList();
        int begin = 0;
        int longest = 1; // one group alone stays
        for (int at = 0; at < 8; at++) {
            int end = at;
            while (end < 8 && groups.get(end).equals("0")) {
                end++;
            }
            if (end - at > longest) {
                begin = at;
                longest = end - at;
            }
        }
        return longest == 1
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, begin)) + "::"
                        + String.join(":", groups.subList(begin + longest, 8));
    }
}
