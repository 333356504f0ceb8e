package homelab.doctor.net;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** NET-004: UFW refuses no packet of the cluster's, by what it wrote into the kernel log. */
final class FirewallBlocks implements Check {
    private static final int MANY = 50;

    @Override
    public String id() {
        return "NET-004";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(Blocked.PROBE, Ufw.PROBE);
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        Reading<Blocked.All> blocked = house.reading(node, Blocked.PROBE);
        if (!(blocked instanceof Reading.Known<Blocked.All> known)) {
            return unknown(node.name().text(), ((Reading.Unknown<Blocked.All>) blocked).why());
        }
        List<Blocked> ours = known.value().kinds().stream()
                .filter(one -> isOurs(house, one.from()) && isOurs(house, one.to()))
                .filter(one -> !mended(house, node, one))
                .toList();
        return ours.isEmpty()
                ? pass(node.name().text(), "the firewall has refused nothing of the cluster's for a day")
                : told(house.cluster(), node, ours);
    }

    private Finding told(Cluster cluster, Node node, List<Blocked> ours) {
        int times = ours.stream().mapToInt(Blocked::times).sum();
        boolean needed = ours.stream().anyMatch(one -> isNeeded(cluster, node, one));
        String what = "the firewall refuses packets of the cluster's";
        String name = node.name().text();
        Instant first =
                ours.stream().map(Blocked::first).min(Comparator.naturalOrder()).orElseThrow();
        return (needed || times >= MANY ? fail(name, what) : warn(name, what))
                .by(ours.stream().map(Blocked::text).toList())
                .since(first)
                .fix("homelab bootstrap --only firewall --node " + name);
    }

    /** Between the nodes, pods and services. What others on the LAN try and get refused is the firewall's work well done. */
    private static boolean isOurs(House house, Ip ip) {
        Cluster cluster = house.cluster();
        return cluster.network().pods().contains(ip)
                || cluster.network().services().contains(ip)
                || cluster.nodes().stream().anyMatch(node -> node.ip().equals(ip));
    }

    /** What was refused an hour ago and would be let in now is past. */
    private static boolean mended(House house, Node node, Blocked one) {
        return house.reading(node, Ufw.PROBE)
                .known()
                .filter(Ufw::loaded)
                .map(ufw -> ufw.ruling(traffic(one)).allowed())
                .orElse(false);
    }

    private static boolean isNeeded(Cluster cluster, Node node, Blocked one) {
        Stream<Needed> needed = Needed.of(cluster, node).stream();
        return needed.map(Needed::traffic)
                .anyMatch(traffic -> traffic.port() == one.port()
                        && traffic.protocol().equals(one.protocol())
                        && traffic.from().contains(one.from()));
    }

    private static Traffic traffic(Blocked one) {
        return new Traffic(one.protocol(), one.port(), UfwLine.single(one.from()), one.to());
    }
}
