package homelab.doctor.net;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of NET-006 that judges as whom pods are seen on other nodes. Among pods that must be their own address: a
 * NetworkPolicy that lets pods in knows them by nothing else. To hosts flannel sends them as their node, which is shown.
 */
final class Sources {
    private final Check check;

    Sources(Check check) {
        this.check = check;
    }

    Finding judge(House house, Node node) {
        String subject = "source addresses on " + node.name();
        Reading<SourceProbe.Seen> reading = house.reading(node, SourceProbe.READING);
        if (!(reading instanceof Reading.Known<SourceProbe.Seen> known)) {
            return check.unknown(
                    subject,
                    house.reached().size() < 2
                            ? "no other node was reached"
                            : ((Reading.Unknown<SourceProbe.Seen>) reading).why());
        }
        List<SourceProbe.Flow> pods = known.value().to("pods");
        if (known.value().flows().isEmpty()) {
            return check.absent(subject, "no pod runs on it that could be asked for");
        }
        if (pods.isEmpty()) {
            return silent(house, subject);
        }
        List<String> seen = told(known.value());
        return pods.stream().allMatch(flow -> flow.as().equals(flow.pod()))
                ? check.pass(subject, "pods of other nodes see its pods by their own addresses")
                        .by(seen)
                : check.warn(
                                subject,
                                "pods of other nodes see the node in place of its pods: NetworkPolicies do not know them")
                        .by(seen)
                        .fix("on " + node.name() + ": sudo iptables -t nat -S POSTROUTING, and take out the rule that"
                                + " changes what goes from pods to pods");
    }

    /** Where policies close namespaces, pods that may not go elsewhere are seen there by nobody. */
    private Finding silent(House house, String subject) {
        boolean policies = house.list(ClusterDns.POLICIES)
                .known()
                .map(all -> !all.isEmpty())
                .orElse(false);
        return policies
                ? check.absent(subject, "its pods that were asked for may not go to other nodes")
                : check.unknown(subject, "no connection of its pods left it");
    }

    private static List<String> told(SourceProbe.Seen seen) {
        List<String> lines = new ArrayList<>();
        seen.to("pods").forEach(flow -> lines.add(flow.pod() + " to a pod network elsewhere: seen as " + flow.as()));
        seen.to("host").forEach(flow -> lines.add(flow.pod() + " to another node: seen as " + flow.as()));
        return lines;
    }
}
