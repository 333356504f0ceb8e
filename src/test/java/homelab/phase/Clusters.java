package homelab.phase;

import homelab.model.Access;
import homelab.model.Addons;
import homelab.model.Allow;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.model.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters for tests, made in code as the inventory would make them. */
public final class Clusters {
    private Clusters() {}

    /** Jarvis the server and Ultron the agent. */
    public static Cluster twoPis() {
        return of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                node("jarvis", Role.SERVER, 10, 22),
                node("ultron", Role.AGENT, 11, 22));
    }

    /** The same with rules on where pods run. */
    public static Cluster placing(Cluster cluster, Placement... placements) {
        return new Cluster(
                cluster.name(),
                cluster.network(),
                cluster.k3s(),
                cluster.knownHosts(),
                cluster.nodes(),
                cluster.addons(),
                List.of(placements),
                cluster.mutes(),
                cluster.hardening());
    }

    public static Cluster of(Backend backend, List<Allow> allow, Addons addons, Node... nodes) {
        Network network = new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                allow,
                Optional.empty());
        return new Cluster("home", network, k3s(backend), Optional.empty(), List.of(nodes), addons);
    }

    public static Cluster with(Cluster cluster, Network network) {
        return new Cluster(
                cluster.name(), network, cluster.k3s(), cluster.knownHosts(), cluster.nodes(), cluster.addons());
    }

    public static Node node(String name, Role role, int last, int port) {
        Ip ip = Ip.parse("10.0.1." + last);
        Access access = new Access.Ssh(ip, port, "pi", Optional.empty(), Optional.empty());
        return new Node(
                new NodeName(name), role, access, ip, true, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    public static Site site(Cluster cluster) {
        return new Site(cluster, Map.of(), Optional.empty(), Map.of(), Optional.empty());
    }

    private static K3s k3s(Backend backend) {
        return new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://example.invalid"),
                URI.create("https://example.invalid"),
                false,
                List.of(),
                false,
                false,
                backend,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
