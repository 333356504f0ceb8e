package homelab.ssh;

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
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inventories whose nodes are ports of 127.0.0.1. */
final class Sites {
    static final String USER = System.getProperty("user.name");

    private Sites() {}

    static Node node(String name, Access access) {
        return new Node(
                new NodeName(name),
                Role.AGENT,
                access,
                Ip.parse("10.0.1." + (1 + Math.floorMod(name.hashCode(), 250))),
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static Node node(String name, int port, Path key) {
        return node(name, access(port, USER, Optional.of(key), Optional.empty()));
    }

    static Node node(String name, int port, Path key, String jump) {
        return node(name, access(port, USER, Optional.of(key), Optional.of(new NodeName(jump))));
    }

    static Access.Ssh access(int port, String user, Optional<Path> key, Optional<NodeName> jump) {
        return new Access.Ssh(Ip.parse("127.0.0.1"), port, user, key, jump);
    }

    static Cluster cluster(Path knownHosts, Node... nodes) {
        Network network = new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                Optional.empty());
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("http://127.0.0.1:1"),
                URI.create("http://127.0.0.1:1"),
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
        return new Cluster("test", network, k3s, Optional.of(knownHosts), List.of(nodes), Addons.NONE);
    }
}
