package homelab.ssh;

import homelab.model.Cluster;
import java.util.List;
import java.util.Optional;

/** The way to a door through hosts that only the configuration of OpenSSH knows. */
record Hops(SshConfig config, Credentials credentials) {
    private static final int MOST_HOPS = 8;

    Door.Via via(String of, Optional<SshSettings> settings, Cluster cluster) {
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

    private Door hop(Hop hop, boolean first, Door.Via before, Cluster cluster, int depth) {
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
                credentials.identity(settings, hop.host(), host, user),
                credentials.trust(cluster.knownHosts(), Optional.empty(), settings),
                own.isEmpty() ? before : through(own, cluster, hop.host(), depth + 1));
    }
}
