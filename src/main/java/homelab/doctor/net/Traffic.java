package homelab.doctor.net;

import homelab.model.Cidr;
import homelab.model.Ip;

/**
 * What comes to a node.
 *
 * @param protocol "tcp", "udp" or "any"
 * @param port 0 for any
 * @param to the node's address
 */
record Traffic(String protocol, int port, Cidr from, Ip to) {

    boolean isOfAnyKind() {
        return port == 0;
    }

    String text() {
        String source = from.toString().replaceFirst("/(32|128)$", "");
        return (port == 0 ? "everything" : port + "/" + protocol) + " from " + source;
    }
}
