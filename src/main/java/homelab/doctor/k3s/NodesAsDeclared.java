package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.check.Condition.Name;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.FromCondition;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.drain.RebootMark;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;

/** K3S-002: the nodes of the inventory are the cluster's, Ready, no two are one, and nobody has forgotten one cordoned. */
final class NodesAsDeclared implements Check {
    static final Listing NODES = new Listing(
            "nodes",
            "/api/v1/nodes",
            List.of(
                    "metadata.name",
                    "metadata.labels",
                    "metadata.annotations",
                    "metadata.creationTimestamp",
                    "spec",
                    "status.conditions",
                    "status.nodeInfo",
                    "status.addresses",
                    "status.allocatable",
                    "status.capacity"));

    @Override
    public String id() {
        return "K3S-002";
    }

    @Override
    public List<Listing> listings() {
        return List.of(NODES);
    }

    @Override
    public List<Finding> judge(House house) {
        List<Finding> findings = new ArrayList<>(FromCondition.of(this, house, Name.NodeReady, Name.LabelsSet));
        findings.addAll(new Twins(this).findings(house));
        Reading<List<JsonNode>> nodes = house.list(NODES);
        if (nodes instanceof Reading.Known<List<JsonNode>> known) {
            known.value().forEach(node -> judge(house, node, findings));
        } else {
            findings.add(unknown("cluster", ((Reading.Unknown<List<JsonNode>>) nodes).why()));
        }
        return findings;
    }

    private void judge(House house, JsonNode node, List<Finding> findings) {
        String name = node.path("metadata").path("name").asText();
        boolean declared = house.cluster().nodes().stream()
                .anyMatch(one -> one.name().text().equals(name));
        if (!declared) {
            findings.add(fail(name, "is a Node of the cluster, and not in the inventory")
                    .fix("add it to the inventory, or: kubectl delete node " + name));
        }
        if (node.path("metadata").path("annotations").has(RebootMark.KEY)) {
            findings.add(warn(name, "a reboot of it has not come to its end").fix("homelab reboot " + name));
        } else if (node.path("spec").path("unschedulable").asBoolean()) {
            findings.add(warn(name, "is cordoned: nothing new is placed on it").fix("kubectl uncordon " + name));
        }
    }
}
