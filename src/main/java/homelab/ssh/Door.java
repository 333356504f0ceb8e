package homelab.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where to knock and with what: what the inventory says, completed by the user's configuration of OpenSSH.
 *
 * @param name for people: the node's, or that of a jump host
 * @param host an address, or a name that the system resolves (seen from the jump host where there is one)
 * @param knownAs the name under which its host key is kept
 */
record Door(String name, String host, int port, String user, String knownAs, Identity identity, Trust trust, Via via) {

    /**
     * With which keys.
     *
     * @param files in the order in which they are tried
     * @param named whether somebody chose them; one that is missing is then told
     * @param only whether nothing but these keys is tried
     * @param agent the socket of the agent
     */
    record Identity(List<Path> files, boolean named, boolean only, Optional<Path> agent) {}

    /**
     * Which host keys are believed.
     *
     * @param files the first is written to
     * @param strict whether a host that none of them knows is refused
     */
    record Trust(List<Path> files, boolean strict) {}

    /** How it is come to. */
    sealed interface Via {}

    /** From here. */
    record Straight() implements Via {}

    /** Through another node of the inventory. */
    record ThroughNode(homelab.model.Node node) implements Via {}

    /** Through a host that only the configuration of OpenSSH knows. */
    record ThroughDoor(Door door) implements Via {}

    /** HostKeyAlias names the host whatever its port is (ssh_config(5)). */
    int knownPort() {
        return knownAs.equals(host) ? port : 22;
    }

    /** Through whom, for people; nothing when it is reached from here. */
    Optional<String> through() {
        if (via instanceof ThroughNode node) {
            return Optional.of(node.node().name().text());
        }
        return via instanceof ThroughDoor before ? Optional.of(before.door().name()) : Optional.empty();
    }

    /** The same place with the same login is one connection, whoever goes through it. */
    String key() {
        String before = via instanceof ThroughDoor through ? through.door().key() + " > " : "";
        return before + user + "@" + host + ":" + port;
    }
}
