package homelab.doctor.net;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Backend;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** NET-007: nothing else on a host gets into the way: routes, addresses, two sets of rules, a full table of connections. */
final class KernelNet implements HostCheck<HostNet> {
    private static final int WARN_PERCENT = 80;
    private static final int FAIL_PERCENT = 90;

    @Override
    public String id() {
        return "NET-007";
    }

    @Override
    public Probe<HostNet> probe(Node node) {
        return HostNet.PROBE;
    }

    @Override
    public Finding judge(House house, Node node, HostNet seen) {
        List<String> broken = broken(house, node, seen);
        List<String> doubtful = doubtful(seen);
        String name = node.name().text();
        if (!broken.isEmpty()) {
            return fail(name, broken.get(0)).by(broken).fix("homelab doctor explain NET-007");
        }
        return doubtful.isEmpty()
                ? pass(name, "routes, addresses and tables are as they should be")
                : warn(name, doubtful.get(0)).by(doubtful).fix("homelab doctor explain NET-007");
    }

    private static List<String> broken(House house, Node node, HostNet seen) {
        List<String> broken = new ArrayList<>();
        if (house.cluster().k3s().backend() != Backend.NONE) {
            Routes.foreign(house.cluster(), seen)
                    .forEach(route -> broken.add("a route takes the cluster's addresses elsewhere: " + route));
        }
        broken.addAll(twice(house, node, seen));
        if (percent(seen) > FAIL_PERCENT) {
            broken.add(full(seen));
        }
        return broken;
    }

    /** Another node's address that answers with a hardware address which is none of that node's. */
    private static List<String> twice(House house, Node node, HostNet seen) {
        List<String> twice = new ArrayList<>();
        for (Node other : house.cluster().nodes()) {
            List<String> own = house.reading(other, HostNet.PROBE)
                    .known()
                    .map(host -> host.of("mac"))
                    .orElse(List.of());
            seen.of("neigh").stream()
                    .map(line -> line.split(" "))
                    .filter(words ->
                            words.length == 2 && words[0].equals(other.ip().toString()))
                    .map(words -> words[1].toLowerCase(Locale.ROOT))
                    .filter(mac -> !own.isEmpty() && !other.equals(node) && !own.contains(mac))
                    .forEach(mac -> twice.add(
                            "the address of " + other.name() + " is there twice: " + other.ip() + " is at " + mac));
        }
        return twice;
    }

    private static List<String> doubtful(HostNet seen) {
        List<String> doubtful = new ArrayList<>();
        if (!Routes.hasDefault(seen)) {
            doubtful.add("there is no default route, without which the host does not reach services");
        }
        if (seen.number("legacy") > 0 && seen.number("nft") > 0) {
            doubtful.add("both back ends of iptables hold rules: legacy " + seen.number("legacy") + ", nft "
                    + seen.number("nft"));
        }
        if (percent(seen) > WARN_PERCENT) {
            doubtful.add(full(seen));
        }
        return doubtful;
    }

    private static long percent(HostNet seen) {
        return seen.conntrackPercent().orElse(0);
    }

    private static String full(HostNet seen) {
        return "the table of connections is nearly full: " + seen.number("conntrack-count") + " of "
                + seen.number("conntrack-max");
    }
}
