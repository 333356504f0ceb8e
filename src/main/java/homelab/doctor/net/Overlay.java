package homelab.doctor.net;

import homelab.check.Condition.Name;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.FromCondition;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.model.Backend;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** NET-006: pods reach those of other nodes, with packets of every size, and as themselves. */
final class Overlay implements Check {
    /** What a tunnel adds to a packet over IPv4 (RFC 7348: outer Ethernet, IP, UDP and VXLAN headers). */
    private static final Map<Backend, Integer> ADDED =
            Map.of(Backend.VXLAN, 50, Backend.WIREGUARD, 60, Backend.HOST_GW, 0);

    @Override
    public String id() {
        return "NET-006";
    }

    @Override
    public List<Probe<?>> then(House house, Node node) {
        if (!applies(house)) {
            return List.of();
        }
        List<Probe<?>> probes = new ArrayList<>(List.of(OverlayProbe.of(house, node)));
        SourceProbe.of(house, node).ifPresent(probes::add);
        return probes;
    }

    @Override
    public List<Listing> listings() {
        return List.of(ClusterDns.POLICIES);
    }

    private static boolean applies(House house) {
        return house.cluster().nodes().size() > 1 && house.cluster().k3s().backend() != Backend.NONE;
    }

    @Override
    public List<Finding> judge(House house) {
        if (!applies(house)) {
            return List.of(absent("cluster", "there is no pod network between nodes that is k3s's"));
        }
        List<Finding> findings = new ArrayList<>(FromCondition.of(this, house, Name.PodNetwork));
        Sources sources = new Sources(this);
        for (Node node : house.cluster().nodes()) {
            findings.add(judge(house, node));
            findings.add(sources.judge(house, node));
        }
        return findings;
    }

    private Finding judge(House house, Node node) {
        String subject = "packet sizes on " + node.name();
        Reading<OverlayProbe.Seen> reading = house.reading(node, OverlayProbe.READING);
        if (!(reading instanceof Reading.Known<OverlayProbe.Seen> known)) {
            return unknown(subject, ((Reading.Unknown<OverlayProbe.Seen>) reading).why());
        }
        OverlayProbe.Seen seen = known.value();
        List<String> evidence = evidence(seen);
        if (seen.arrived().containsValue(false)) {
            return fail(subject, "large packets do not arrive where small ones do")
                    .by(evidence)
                    .fix("set the same MTU on all nodes and on what is between them: ip link show");
        }
        if (tooLarge(house, seen)) {
            return warn(subject, "the pod network's packets do not fit the LAN's: they are cut in two or lost")
                    .by(evidence)
                    .fix("sudo systemctl restart " + node.role().unit() + " on " + node.name()
                            + ", which measures the MTU anew");
        }
        return seen.arrived().isEmpty()
                ? unknown(subject, unmeasured(house)).by(evidence)
                : pass(subject, "the largest packets arrive whole").by(evidence);
    }

    private static String unmeasured(House house) {
        return house.reached().size() < 2
                ? "no other node was reached"
                : "no ping arrived, or ping is missing (apt-get install iputils-ping)";
    }

    private static boolean tooLarge(House house, OverlayProbe.Seen seen) {
        int added = ADDED.getOrDefault(house.cluster().k3s().backend(), 0);
        int lan = seen.mtus().getOrDefault("lan", Integer.MAX_VALUE);
        return seen.mtus().entrySet().stream()
                .anyMatch(mtu -> !mtu.getKey().equals("lan") && mtu.getValue() > (long) lan - added);
    }

    private static List<String> evidence(OverlayProbe.Seen seen) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(seen.mtus()).forEach((device, bytes) -> lines.add("MTU of " + device + ": " + bytes));
        new TreeMap<>(seen.arrived())
                .forEach((way, arrived) -> lines.add("largest ping, " + way + ": " + (arrived ? "arrived" : "lost")));
        return lines;
    }
}
