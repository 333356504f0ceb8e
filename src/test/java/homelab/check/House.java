package homelab.check;

import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import homelab.check.HostView.PeerView;
import homelab.check.HostView.UnitView;
import homelab.model.Access;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Label;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.model.Taint;
import homelab.probe.Reading;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two Pis, Jarvis (server) and Ultron (agent), and a snapshot of them in good health that tests make worse. */
final class House {
    static final NodeName JARVIS = new NodeName("jarvis");
    static final NodeName ULTRON = new NodeName("ultron");
    static final Instant AT = Instant.parse("2026-01-14T05:00:00Z");

    final Map<NodeName, HostView> hosts = new HashMap<>();
    List<NodeView> nodes = List.of(node("jarvis", true, "True"), node("ultron", false, "True"));
    Reading<Boolean> ready = known(true);
    Reading<Optional<DeploymentView>> coreDns = known(Optional.of(new DeploymentView(1, 1)));
    Cluster cluster = cluster(server("jarvis", 11), agent("ultron", 12));

    House() {
        hosts.put(JARVIS, host("10.42.0.0/24", Map.of(ULTRON, new PeerView(true, Optional.of(true)))));
        hosts.put(ULTRON, host("10.42.1.0/24", Map.of(JARVIS, new PeerView(true, Optional.of(true)))));
    }

    Snapshot snapshot() {
        return new Snapshot(AT, hosts, new ApiView(ready, known(nodes), coreDns));
    }

    List<Condition> judge() {
        return Conditions.judge(cluster, snapshot());
    }

    Condition judge(Condition.Name name, String subject) {
        return judge().stream()
                .filter(condition ->
                        condition.name() == name && condition.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    boolean judges(Condition.Name name) {
        return judge().stream().anyMatch(condition -> condition.name() == name);
    }

    static HostView host(String podSubnet, Map<NodeName, PeerView> peers) {
        return new HostView.Reached(
                known(new UnitView("loaded", "active", "running")),
                known(Optional.of(Cidr.parse(podSubnet))),
                known(peers));
    }

    static HostView unit(String load, String active, String sub) {
        return new HostView.Reached(known(new UnitView(load, active, sub)), known(Optional.empty()), known(Map.of()));
    }

    static NodeView node(String name, boolean server, String ready) {
        return new NodeView(
                name,
                server,
                "v1.33.4+k3s1",
                Optional.of(AT.minusSeconds(3600)),
                new Status(ready, "KubeletReady", "kubelet is posting ready status"),
                Optional.empty(),
                Map.of(),
                List.of());
    }

    static Cluster cluster(Node... nodes) {
        return cluster(Backend.VXLAN, false, List.of(), nodes);
    }

    static Cluster cluster(Backend backend, boolean clusterInit, List<String> disable, Node... nodes) {
        Network network = new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                Optional.empty());
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://releases.example"),
                URI.create("https://releases.example"),
                true,
                List.of(),
                clusterInit,
                false,
                backend,
                Map.of(),
                disable,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return new Cluster("lab", network, k3s, Optional.empty(), new ArrayList<>(List.of(nodes)), Addons.NONE);
    }

    static Node server(String name, int host) {
        return node(name, Role.SERVER, host, List.of(), List.of());
    }

    static Node agent(String name, int host) {
        return node(name, Role.AGENT, host, List.of(), List.of());
    }

    static Node node(String name, Role role, int host, List<Label> labels, List<Taint> taints) {
        Ip ip = Ip.parse("10.0.1." + host);
        Access access = new Access.Ssh(ip, 22, "pi", Optional.empty(), Optional.empty());
        return new Node(new NodeName(name), role, access, ip, true, Optional.empty(), labels, taints, Optional.empty());
    }

    static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value);
    }
}
