package homelab.model;

import java.util.List;
import java.util.Set;

/**
 * A port that an application needs open.
 *
 * @param protocol "tcp" or "udp"
 * @param from who may come in; not empty, since "nobody" needs no rule
 * @param why becomes the comment of the firewall rule: one line of at most 100 characters without a quote
 */
public record Allow(int port, String protocol, List<Cidr> from, String why) {
    /** UFW takes no single quote in a comment. */
    private static final String COMMENT = "[^\\p{Cntrl}'\"\\\\]{1,100}";

    public Allow {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        if (!Set.of("tcp", "udp").contains(protocol)) {
            throw new IllegalArgumentException("'" + protocol + "' is not tcp or udp");
        }
        if (from.isEmpty()) {
            throw new IllegalArgumentException("port " + port + " is open to nobody");
        }
        requireComment(why);
        from = List.copyOf(from);
    }

    /** @throws IllegalArgumentException when the text cannot be a firewall rule's comment */
    public static String requireComment(String why) {
        if (!why.matches(COMMENT)) {
            throw new IllegalArgumentException("it becomes the comment of a firewall rule:"
                    + " one line of 1 to 100 characters without quotes and backslashes");
        }
        return why;
    }
}
