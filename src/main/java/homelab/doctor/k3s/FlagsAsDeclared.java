package homelab.doctor.k3s;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** K3S-005: servers run with what the inventory says. */
final class FlagsAsDeclared implements Check {

    @Override
    public String id() {
        return "K3S-005";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return node.isServer() ? List.of(Flags.FILES) : List.of();
    }

    @Override
    public List<Listing> listings() {
        return List.of(NodesAsDeclared.NODES);
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().servers().stream()
                .map(node -> judge(house, node))
                .toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<Flags> reading = Flags.of(house, node);
        if (!(reading instanceof Reading.Known<Flags> known)) {
            return unknown(name, ((Reading.Unknown<Flags>) reading).why());
        }
        Flags flags = known.value();
        List<String> critical = new ArrayList<>();
        wanted(house.cluster()).forEach((key, value) -> {
            String is = flags.values().getOrDefault(key, usual(key, value));
            if (!is.equals(value)) {
                critical.add(key + " is " + is + ", the inventory says " + value);
            }
        });
        List<String> other = other(house.cluster(), flags);
        Finding finding = told(node, critical, other);
        return flags.running() ? finding : finding.concluded();
    }

    private Finding told(Node node, List<String> critical, List<String> other) {
        String name = node.name().text();
        if (!critical.isEmpty()) {
            critical.addAll(other);
            return fail(name, "k3s runs with other networks or keys than the inventory says")
                    .by(critical)
                    .fix("correct the inventory: these are fixed when a cluster is founded");
        }
        return other.isEmpty()
                ? pass(name, "k3s runs with what the inventory says")
                : warn(name, "k3s runs with other settings than the inventory says")
                        .by(other)
                        .fix("homelab bootstrap --only config,server --node " + name);
    }

    private static Map<String, String> wanted(Cluster cluster) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("cluster-cidr", cluster.network().pods().toString());
        wanted.put("service-cidr", cluster.network().services().toString());
        wanted.put("flannel-backend", cluster.k3s().backend().word());
        wanted.put("secrets-encryption", String.valueOf(cluster.k3s().secretsEncryption()));
        cluster.network().dns().ifPresent(dns -> wanted.put("cluster-dns", dns.toString()));
        return wanted;
    }

    /** What k3s takes where nothing is said (k3s docs, "k3s server"). DNS follows from the services' network. */
    private static String usual(String key, String wanted) {
        return Map.of(
                        "cluster-cidr", "10.42.0.0/16",
                        "service-cidr", "10.43.0.0/16",
                        "flannel-backend", "vxlan",
                        "secrets-encryption", "false")
                .getOrDefault(key, wanted);
    }

    /** Only what runs tells it: lists in files go over several lines. */
    private static List<String> other(Cluster cluster, Flags flags) {
        TreeSet<String> wanted = new TreeSet<>(cluster.k3s().disable());
        TreeSet<String> is =
                new TreeSet<>(List.of(flags.values().getOrDefault("disable", "").split(",")));
        is.remove("");
        return !flags.running() || is.equals(wanted)
                ? List.of()
                : List.of("disable is " + is + ", the inventory says " + wanted);
    }
}
