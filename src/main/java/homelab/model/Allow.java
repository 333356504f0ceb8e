package homelab.model;

import java.util.List;

/**
 * A port that an application needs open.
 *
 * @param protocol "tcp" or "udp"
 * @param from who may come in
 * @param why becomes the comment of the firewall rule
 */
public record Allow(int port, String protocol, List<Cidr> from, String why) {
    public Allow {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        from = List.copyOf(from);
    }
}
