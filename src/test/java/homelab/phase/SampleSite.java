package homelab.phase;

import homelab.artifact.Release;
import homelab.artifact.Release.Artifact;
import homelab.facts.Facts;
import homelab.facts.SampleFacts;
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
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.model.Taint;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shipped examples as records, and sites made from them. */
public final class SampleSite {
    private SampleSite() {}

    public static Cluster twoPis() {
        return new Cluster("home", network(Optional.empty()), k3s(Map.of()), Optional.empty(), twoNodes(), Addons.NONE);
    }

    static List<Node> twoNodes() {
        return List.of(
                node("jarvis", Role.SERVER, "10.0.1.10", List.of(), List.of()),
                node("ultron", Role.AGENT, "10.0.1.11", List.of(new Label("disk", "ssd")), List.of()));
    }

    /** Three servers, agents with labels and taints, and settings of every kind. */
    public static Cluster haMixed() {
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://mirror.example/k3s"),
                URI.create("https://mirror.example/k3s"),
                true,
                List.of("k3s.home.arpa"),
                true,
                true,
                Backend.VXLAN,
                Map.of("schedule-cron", "0 */6 * * *", "retention", "12"),
                List.of("traefik", "servicelb"),
                List.of("max-pods=80"),
                List.of("audit-log-path=/var/log/audit.log"),
                Map.of(
                        "embedded-registry",
                        true,
                        "protect-kernel-defaults",
                        true,
                        "node-external-ip",
                        "203.0.113.7",
                        "kube-proxy-arg",
                        List.of("v=2")),
                Optional.of(new SecretSource.FromEnv("TOKEN")),
                Optional.empty());
        List<Node> nodes = List.of(
                node("jarvis", Role.SERVER, "10.0.1.10", List.of(), List.of()),
                node("friday", Role.SERVER, "10.0.1.12", List.of(), List.of()),
                node(
                        "vision",
                        Role.SERVER,
                        "10.0.1.20",
                        List.of(new Label("topology.kubernetes.io/zone", "cellar")),
                        List.of()),
                new Node(
                        new NodeName("hulk"),
                        Role.AGENT,
                        new Access.Local(),
                        Ip.parse("10.0.1.21"),
                        true,
                        Optional.of("enp1s0"),
                        List.of(new Label("storage", "ssd"), new Label("empty", "")),
                        List.of(Taint.parse("dedicated=cameras:NoSchedule")),
                        Optional.empty()));
        return new Cluster(
                "home-ha", network(Optional.of(Ip.parse("10.43.0.10"))), k3s, Optional.empty(), nodes, Addons.NONE);
    }

    static Network network(Optional<Ip> dns) {
        return new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                dns);
    }

    static K3s k3s(Map<String, Object> config) {
        return new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("https://mirror.example/k3s"),
                URI.create("https://mirror.example/k3s"),
                true,
                List.of(),
                true,
                true,
                Backend.VXLAN,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                config,
                Optional.empty(),
                Optional.empty());
    }

    static Node node(String name, Role role, String ip, List<Label> labels, List<Taint> taints) {
        Access access = new Access.Ssh(Ip.parse(ip), 22, "pi", Optional.empty(), Optional.empty());
        return new Node(
                new NodeName(name),
                role,
                access,
                Ip.parse(ip),
                true,
                Optional.empty(),
                labels,
                taints,
                Optional.empty());
    }

    /** Nothing is installed anywhere. */
    static Site fresh(Cluster cluster) {
        Map<NodeName, Facts> facts = new HashMap<>();
        cluster.nodes()
                .forEach(node -> facts.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .build()));
        return new Site(cluster, facts, Optional.empty(), Map.of("arm64", release()), Optional.empty());
    }

    /** The first server runs, as it was founded; its token is known. */
    static Site live(Cluster cluster, String token) {
        Site fresh = fresh(cluster);
        Node first = cluster.servers().get(0);
        Map<NodeName, Facts> facts = new HashMap<>(fresh.facts());
        facts.put(
                first.name(),
                SampleFacts.fresh(first.name().text(), first.ip().toString())
                        .with("k3s", SampleFacts.server("aa".repeat(32), "etcd"))
                        .build());
        return new Site(
                cluster, facts, Optional.of(cluster.servers().get(0)), fresh.release(), Optional.of(new Secret(token)));
    }

    static Release release() {
        return new Release(
                "v1.33.4+k3s1",
                "arm64",
                artifact("k3s-arm64", "a"),
                Optional.of(artifact("k3s-airgap-images-arm64.tar.zst", "c")));
    }

    private static Artifact artifact(String name, String digit) {
        return new Artifact(name, digit.repeat(64), Path.of("/cache", name));
    }
}
