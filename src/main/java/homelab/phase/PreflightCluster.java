package homelab.phase;

import static homelab.plan.Finding.note;
import static homelab.plan.Finding.refuse;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules about hosts beside each other: what must differ, and what must not. */
final class PreflightCluster {
    private static final long SKEW_MILLIS = 30_000;
    /** Names that images come with. */
    private static final Set<String> FROM_AN_IMAGE = Set.of("raspberrypi", "ubuntu", "debian", "localhost");

    private PreflightCluster() {}

    private record Host(Node node, Facts facts) {
        boolean bare() {
            return Preflight.bare(facts);
        }
    }

    static List<Finding> judge(Cluster cluster, Map<NodeName, Facts> facts) {
        List<Host> hosts = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            Optional.ofNullable(facts.get(node.name())).ifPresent(host -> hosts.add(new Host(node, host)));
        }
        List<Finding> findings = new ArrayList<>();
        by(hosts, Facts::machineId).forEach((id, same) -> sameMachine(id, same).ifPresent(findings::add));
        by(hosts, Facts::hostname).forEach((name, same) -> sameName(name, same).ifPresent(findings::add));
        clocks(hosts).ifPresent(findings::add);
        clusters(hosts).ifPresent(findings::add);
        return findings;
    }

    /** The hosts by what they share, in the order of the inventory; hosts whose part is unknown are left out. */
    private static Map<String, List<Host>> by(List<Host> hosts, Function<Facts, Reading<String>> part) {
        Map<String, List<Host>> groups = new LinkedHashMap<>();
        for (Host host : hosts) {
            part.apply(host.facts())
                    .known()
                    .ifPresent(value -> groups.computeIfAbsent(value, key -> new ArrayList<>())
                            .add(host));
        }
        return groups;
    }

    private static Optional<Finding> sameMachine(String id, List<Host> nodes) {
        return nodes.size() < 2
                ? Optional.empty()
                : Optional.of(refuse(
                        names(nodes) + ": have the same machine id",
                        id + " is in /etc/machine-id of each: a copied card, or one host under two addresses",
                        "on all but one: sudo rm -f /etc/machine-id /var/lib/dbus/machine-id &&"
                                + " sudo systemd-machine-id-setup && sudo reboot"));
    }

    private static Optional<Finding> sameName(String name, List<Host> nodes) {
        if (nodes.size() < 2) {
            return Optional.empty();
        }
        String what = names(nodes) + ": have the same host name";
        if (FROM_AN_IMAGE.contains(name) && nodes.stream().allMatch(Host::bare)) {
            return Optional.of(note(what, "each is still called " + name, "homelab names them as the inventory does"));
        }
        return Optional.of(refuse(
                what,
                "each is called " + name + "; k3s knows nodes by that name and turns the second away",
                "check that each address leads to the host that is meant, then on the wrong one:"
                        + " sudo hostnamectl set-hostname NAME"));
    }

    private static Optional<Finding> clocks(List<Host> hosts) {
        List<Host> slowestFirst = hosts.stream()
                .filter(host -> host.facts().clock().known().isPresent())
                .sorted(Comparator.comparing(PreflightCluster::skew))
                .toList();
        if (slowestFirst.isEmpty()) {
            return Optional.empty();
        }
        Host late = slowestFirst.get(0);
        Host early = slowestFirst.get(slowestFirst.size() - 1);
        long apart = skew(early) - skew(late);
        return apart <= SKEW_MILLIS
                ? Optional.empty()
                : Optional.of(
                        refuse(
                                names(List.of(late, early)) + ": their clocks are too far apart",
                                late.node().name() + " is " + seconds(apart) + " behind "
                                        + early.node().name()
                                        + " and 30 s is the most; certificates made on one would not"
                                        + " be valid on the other",
                                "on the wrong one: sudo timedatectl set-ntp true, and wait until timedatectl says synchronized"));
    }

    private static long skew(Host host) {
        return host.facts().clock().known().orElse(0L);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static Optional<Finding> clusters(List<Host> hosts) {
        Map<String, List<Host>> byCa = by(hosts, facts -> facts.k3s().map(PreflightCluster::ca));
        byCa.remove("");
        if (byCa.size() < 2) {
            return Optional.empty();
        }
        String why = byCa.entrySet().stream()
                .map(group -> names(group.getValue()) + " know the cluster CA "
                        + group.getKey().substring(0, 12))
                .collect(Collectors.joining("; "));
        List<Host> all = byCa.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(host -> host.node().name()))
                .toList();
        return Optional.of(refuse(
                names(all) + ": belong to different clusters",
                why,
                "keep one cluster in an inventory; to move a host over, first remove k3s and its data from it"));
    }

    private static String ca(K3sState k3s) {
        return k3s.caSha256().orElse("");
    }

    /** "jarvis, vision and ultron". */
    private static String names(List<Host> nodes) {
        List<String> names =
                nodes.stream().map(host -> host.node().name().text()).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
