package homelab.ssh;

import homelab.model.Access;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the door of each node: the inventory's settings come first, then those of OpenSSH, then the usual ones. */
final class Doors {
    private final SshConfig config;
    private final Credentials credentials;
    private final Hops hops;

    Doors(Means means) {
        this.config = new SshConfig(means.home());
        this.credentials = new Credentials(means);
        this.hops = new Hops(config, credentials);
    }

    /**
     * A node whose login and port are those that it is reached with. The port of a way that ends elsewhere than at the
     * node's own address is not where the node's sshd listens, and is not taken over.
     */
    Access.Ssh settled(Node node, Access.Ssh access) {
        Optional<SshSettings> settings = settings(node, access);
        boolean elsewhere = access.way().entry().isPresent()
                && settings.filter(found -> isAbout(found, access.address())).isEmpty();
        return new Access.Ssh(
                access.address(),
                elsewhere ? access.port() : port(access, settings),
                user(access, settings),
                access.key(),
                access.jump(),
                access.way());
    }

    Door of(Cluster cluster, Node node, Access.Ssh access, Door.Via said) {
        Optional<SshSettings> settings = settings(node, access);
        String address = access.address().toString();
        String host = access.way().entry().isPresent()
                ? settings.map(SshSettings::hostName).orElse(address)
                : address;
        Door.Identity identity = access.key()
                .map(key -> new Door.Identity(List.of(key), true, true, credentials.agent(settings)))
                .orElseGet(() -> credentials.identity(settings, node.name().text(), host, user(access, settings)));
        return new Door(
                node.name().text(),
                host,
                port(access, settings),
                user(access, settings),
                settings.flatMap(SshSettings::hostKeyAlias).orElse(host),
                identity,
                credentials.trust(cluster.knownHosts(), access.way().strict(), settings),
                access.jump().isPresent() ? said : hops.via(node.name().text(), settings, cluster));
    }

    /** The entry of the node's name counts if it leads to the node; or else what is said of its address. */
    private Optional<SshSettings> settings(Node node, Access.Ssh access) {
        List<String> login = login(access);
        if (access.way().entry().isPresent()) {
            return config.of(access.way().entry().get(), login);
        }
        return config.of(node.name().text(), login)
                .filter(settings -> isAbout(settings, access.address()))
                .or(() -> config.of(access.address().toString(), login));
    }

    private static boolean isAbout(SshSettings settings, Ip address) {
        try {
            return Ip.parse(settings.hostName()).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> login(Access.Ssh access) {
        List<String> options = new ArrayList<>();
        if (access.way().userSaid()) {
            options.addAll(List.of("-l", access.user()));
        }
        if (access.way().portSaid()) {
            options.addAll(List.of("-p", "" + access.port()));
        }
        return options;
    }

    private static String user(Access.Ssh access, Optional<SshSettings> settings) {
        Optional<String> found = access.way().userSaid() ? Optional.empty() : settings.flatMap(SshSettings::user);
        return found.orElse(access.user());
    }

    private static int port(Access.Ssh access, Optional<SshSettings> settings) {
        Optional<Integer> found = access.way().portSaid() ? Optional.empty() : settings.flatMap(SshSettings::port);
        return found.orElse(access.port());
    }
}
