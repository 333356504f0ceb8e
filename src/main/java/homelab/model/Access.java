package homelab.model;

import java.nio.file.Path;
import java.util.Optional;

/** How a node is reached. */
public sealed interface Access {

    /** {@code address: local}: homelab runs on this very node. */
    record Local() implements Access {}

    /**
     * @param user the login; root needs no sudo
     * @param key private key file; without one the user's usual keys are tried
     * @param jump another node of the inventory that is gone through
     * @param way what else is said of it
     */
    record Ssh(Ip address, int port, String user, Optional<Path> key, Optional<NodeName> jump, Way way)
            implements Access {
        public Ssh {
            if (!user.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}")) {
                throw new IllegalArgumentException("'" + user + "' is not a login name");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
            }
        }

        public Ssh(Ip address, int port, String user, Optional<Path> key, Optional<NodeName> jump) {
            this(address, port, user, key, jump, Way.PLAIN);
        }
    }
}
