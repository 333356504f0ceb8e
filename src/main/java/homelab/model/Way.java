package homelab.model;

import java.util.Optional;

/**
 * What the inventory says of the way to a node beside its address, login and key. What it leaves open, the user's
 * configuration of OpenSSH may say.
 *
 * @param userSaid whether the login stands in the inventory, and is not only the usual one
 * @param portSaid the same of the port
 * @param entry the name under which the configuration of OpenSSH knows the node; its HostName is then where to connect
 * @param strict whether a host key that is not known is refused
 * @param sudoPassword where the password for sudo is, for a login that needs one
 */
public record Way(
        boolean userSaid,
        boolean portSaid,
        Optional<String> entry,
        Optional<Boolean> strict,
        Optional<SecretSource> sudoPassword) {
    /** Login and port are what they are, and nothing else is said. */
    public static final Way PLAIN = new Way(true, true, Optional.empty(), Optional.empty(), Optional.empty());
}
