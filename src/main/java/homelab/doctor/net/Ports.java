package homelab.doctor.net;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;

/** NET-005: every node reaches the ports of the others that it needs, and the API answers under each of its names. */
final class Ports implements Check {

    @Override
    public String id() {
        return "NET-005";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        List<Probe<?>> probes = new ArrayList<>();
        if (cluster.nodes().size() > 1) {
            probes.add(PortProbe.of(cluster, node));
        }
        ApiNames.probe(cluster.k3s().tlsSans(), node).ifPresent(probes::add);
        return probes;
    }

    @Override
    public List<Finding> judge(House house) {
        List<Finding> findings = new ArrayList<>();
        ApiNames names = new ApiNames(this);
        for (Node node : house.cluster().nodes()) {
            findings.add(
                    house.cluster().nodes().size() > 1
                            ? judge(house, node)
                            : absent(node.name().text(), "it is the only node"));
            names.judge(house, node, findings);
        }
        return findings;
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<List<PortProbe.Tried>> reading = house.reading(node, PortProbe.of(house.cluster(), node));
        if (!(reading instanceof Reading.Known<List<PortProbe.Tried>> known)) {
            return unknown(name, ((Reading.Unknown<List<PortProbe.Tried>>) reading).why());
        }
        List<PortProbe.Tried> closed = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (PortProbe.Tried tried : known.value()) {
            if (!tried.open() && isUp(house, tried.to())) {
                closed.add(tried);
            } else if (!tried.open()) {
                unseen.add(tried.text(name));
            }
        }
        if (!closed.isEmpty()) {
            return fail(name, "does not reach ports of other nodes")
                    .by(closed.stream().map(tried -> tried.text(name)).toList())
                    .fix(fix(closed));
        }
        return unseen.isEmpty() && !known.value().isEmpty()
                ? pass(name, "reaches the ports of the other nodes")
                : unknown(name, "the other node could not be looked at").by(unseen);
    }

    /** Where every port refuses, k3s is more likely to be down than a firewall to reject. */
    private static String fix(List<PortProbe.Tried> closed) {
        return closed.stream().anyMatch(PortProbe.Tried::silent)
                ? "homelab bootstrap --only firewall"
                : "see whether k3s runs there: homelab status; else, if a firewall rejects: homelab bootstrap --only firewall";
    }

    /** Of a node that nobody reaches its ports say nothing new. */
    private static boolean isUp(House house, String node) {
        return house.reached().stream().anyMatch(one -> one.name().text().equals(node));
    }
}
