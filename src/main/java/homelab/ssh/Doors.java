package homelab.ssh;

import homelab.model.Access;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.problem.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the door of each node: the inventory's settings come first, then those of OpenSSH, then the usual ones. */
final class Doors {
    private static final int MOST_HOPS = 8;
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final Means means;
    private final SshConfig config;

    Doors(Means means) {
        this.means = means;
        this.config = new SshConfig(means.home());
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
                .map(key -> new Door.Identity(List.of(key), true, true, agent(settings)))
                .orElseGet(() -> identity(settings, node.name().text(), host, user(access, settings)));
        return new Door(
                node.name().text(),
                host,
                port(access, settings),
                user(access, settings),
                settings.flatMap(SshSettings::hostKeyAlias).orElse(host),
                identity,
                trust(cluster.knownHosts(), access.way().strict(), settings),
                access.jump().isPresent() ? said : via(node.name().text(), settings, cluster));
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

    private Door.Identity identity(Optional<SshSettings> settings, String name, String host, String user) {
        List<String> named = settings.map(SshSettings::identityFiles).orElse(List.of());
        List<Path> files = named.isEmpty()
                ? USUAL_KEYS.stream().map(means.home().resolve(".ssh")::resolve).toList()
                : named.stream()
                        .map(file -> SshSettings.path(filled(file, name, host, user), means.home()))
                        .toList();
        boolean only = settings.filter(SshSettings::identitiesOnly).isPresent();
        return new Door.Identity(files, !named.isEmpty(), only, agent(settings));
    }

    /** The tokens of ssh_config(5) that IdentityFile takes and ssh -G leaves in place. */
    private String filled(String file, String name, String host, String user) {
        return file.replace("%d", means.home().toString())
                .replace("%h", host)
                .replace("%n", name)
                .replace("%r", user)
                .replace("%u", System.getProperty("user.name", ""))
                .replace("%%", "%");
    }

    private Optional<Path> agent(Optional<SshSettings> settings) {
        Optional<String> said = settings.flatMap(SshSettings::identityAgent);
        if (said.isEmpty() || said.get().equals("SSH_AUTH_SOCK")) {
            return means.agent();
        }
        String socket = said.get();
        if (socket.startsWith("$")) {
            return Optional.ofNullable(means.env().get(socket.replaceAll("[${}]", "")))
                    .map(Path::of);
        }
        return socket.equals("none") ? Optional.empty() : Optional.of(SshSettings.path(socket, means.home()));
    }

    private Door.Trust trust(Optional<Path> file, Optional<Boolean> strict, Optional<SshSettings> settings) {
        List<Path> files = new ArrayList<>();
        file.ifPresent(files::add);
        if (files.isEmpty()) {
            settings.ifPresent(found -> files.addAll(found.userKnownHosts(means.home())));
        }
        if (files.isEmpty()) {
            files.add(means.home().resolve(".ssh/known_hosts"));
        }
        settings.ifPresent(found -> files.addAll(found.globalKnownHosts(means.home())));
        return new Door.Trust(
                files, strict.or(() -> settings.map(SshSettings::strict)).orElse(false));
    }

    private Door.Via via(String of, Optional<SshSettings> settings, Cluster cluster) {
        if (settings.flatMap(SshSettings::proxyCommand).isPresent()) {
            throw SshProblems.proxyCommand(of);
        }
        return through(settings.map(SshSettings::jumps).orElse(List.of()), cluster, of, 0);
    }

    /** As ssh does: each hop has its own settings, and only the first one's own ProxyJump counts. */
    private Door.Via through(List<String> jumps, Cluster cluster, String of, int depth) {
        if (depth > MOST_HOPS) {
            throw SshProblems.endlessJumps(of);
        }
        Door.Via before = new Door.Straight();
        for (int at = 0; at < jumps.size(); at++) {
            before = new Door.ThroughDoor(hop(Hop.parse(jumps.get(at)), at == 0, before, cluster, depth));
        }
        return before;
    }

    private Door hop(Hop hop, boolean first, Door.Via before, Cluster cluster, int depth) throws Failure {
        Optional<SshSettings> settings = config.of(hop.host(), hop.options());
        String host = settings.map(SshSettings::hostName).orElse(hop.host());
        String user =
                hop.user().or(() -> settings.flatMap(SshSettings::user)).orElse(System.getProperty("user.name", ""));
        if (settings.flatMap(SshSettings::proxyCommand).isPresent()) {
            throw SshProblems.proxyCommand(hop.host());
        }
        List<String> own = first ? settings.map(SshSettings::jumps).orElse(List.of()) : List.of();
        return new Door(
                hop.host(),
                host,
                hop.port().or(() -> settings.flatMap(SshSettings::port)).orElse(22),
                user,
                settings.flatMap(SshSettings::hostKeyAlias).orElse(host),
                identity(settings, hop.host(), host, user),
                trust(cluster.knownHosts(), Optional.empty(), settings),
                own.isEmpty() ? before : through(own, cluster, hop.host(), depth + 1));
    }

    /** One of ProxyJump: {@code [user@]host[:port]} or a ssh:// address; an IPv6 address stands in brackets. */
    record Hop(Optional<String> user, String host, Optional<Integer> port) {

        static Hop parse(String text) {
            String plain = text.startsWith("ssh://") ? text.substring(6) : text;
            int at = plain.lastIndexOf('@');
            Optional<String> user = at < 0 ? Optional.empty() : Optional.of(plain.substring(0, at));
            String place = plain.substring(at + 1);
            int colon = place.lastIndexOf(':');
            boolean hasPort = colon > 0 && (place.startsWith("[") ? place.charAt(colon - 1) == ']' : true);
            String host = hasPort ? place.substring(0, colon) : place;
            return new Hop(
                    user,
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    hasPort ? Optional.of(Integer.valueOf(place.substring(colon + 1))) : Optional.empty());
        }

        List<String> options() {
            List<String> options = new ArrayList<>();
            user.ifPresent(name -> options.addAll(List.of("-l", name)));
            port.ifPresent(number -> options.addAll(List.of("-p", "" + number)));
            return options;
        }
    }
}
