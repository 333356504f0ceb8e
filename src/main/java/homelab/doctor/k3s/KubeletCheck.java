package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.List;
import java.util.Optional;

/** A check that judges each node by the settings its kubelet runs with. */
interface KubeletCheck extends Check {

    Finding judge(House house, Node node, JsonNode settings);

    @Override
    default List<Probe<?>> then(House house, Node node) {
        return Kubelets.probes(house, node);
    }

    @Override
    default List<Finding> judge(House house) {
        return house.cluster().nodes().stream()
                .map(node -> judgeOne(house, node))
                .toList();
    }

    private Finding judgeOne(House house, Node node) {
        Reading<JsonNode> settings = Kubelets.settings(house, node);
        if (settings instanceof Reading.Known<JsonNode> known) {
            return judge(house, node, known.value());
        }
        return unknown(node.name().text(), ((Reading.Unknown<JsonNode>) settings).why());
    }

    /** What the inventory hands to kubelets by k3s.kubelet-args under this name. */
    static Optional<String> declared(House house, String name) {
        return house.cluster().k3s().kubeletArgs().stream()
                .filter(arg -> arg.startsWith(name + "="))
                .map(arg -> arg.substring(name.length() + 1))
                .findFirst();
    }
}
