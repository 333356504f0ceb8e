package homelab.command;

import homelab.model.Access;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How hosts of a cluster without an inventory are reached: as the first of them was. */
record Way(String cluster, Ip address, int port, String user, Optional<Path> key, Optional<Path> knownHosts) {
    static final int SSH = 22;
    private static final Pattern HOST = Pattern.compile(
            "(?:([^@]+)@)?(?:\\[([^]]+)]|([^:\\[\\]]+|[^\\[\\]]*:[^\\[\\]]*:[^\\[\\]]*))(?::(\\d{1,5}))?");

    /** @throws Failure with exit USAGE when it is no [USER@]ADDRESS[:PORT] */
    static Way parse(String text, Optional<Path> key, Optional<Path> knownHosts, String cluster) {
        Matcher host = HOST.matcher(text);
        try {
            if (host.matches()) {
                String address = host.group(2) == null ? host.group(3) : host.group(2);
                String user = host.group(1) == null ? "pi" : host.group(1);
                int port = host.group(4) == null ? SSH : Integer.parseInt(host.group(4));
                Way way = new Way(cluster, Ip.parse(address), port, user, key, knownHosts);
                way.access(way.address);
                return way;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
        throw wrong(text, "it is not [USER@]ADDRESS[:PORT]");
    }

    private static Failure wrong(String text, String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of(
                        "'" + text + "' is no host",
                        why,
                        "write its fixed address: --from 10.0.1.10, --from pi@10.0.1.10:2222"));
    }

    private Access access(Ip ip) {
        return new Access.Ssh(ip, port, user, key, Optional.empty());
    }

    Node node(NodeName name, Ip ip) {
        return new Node(
                name,
                Role.AGENT,
                access(ip),
                ip,
                !user.equals("root"),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** For connecting alone: nothing is known of a cluster that is just being looked at. */
    Cluster around(List<Node> nodes) {
        Network network = new Network(
                Cidr.parse("127.0.0.0/8"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                Optional.empty());
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://github.com/k3s-io/k3s/releases/download"),
                URI.create("https://update.k3s.io/v1-release/channels"),
                false,
                List.of(),
                false,
                false,
                Backend.VXLAN,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return new Cluster(cluster, network, k3s, knownHosts, nodes, Addons.NONE);
    }

    /** What an inventory says of it. */
    String login() {
        StringBuilder text = new StringBuilder();
        knownHosts.ifPresent(
                file -> text.append("ssh:\n  known-hosts: ").append(path(file)).append('\n'));
        text.append("defaults:\n  user: ").append(user).append("   # may log in with a key and use sudo\n");
        key.ifPresent(file -> text.append("  key: ").append(path(file)).append('\n'));
        if (port != 22) {
            text.append("  port: ").append(port).append('\n');
        }
        return text.toString();
    }

    private static String path(Path file) {
        return "\""
                + file.toAbsolutePath()
                        .normalize()
                        .toString()
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"") + "\"";
    }
}
