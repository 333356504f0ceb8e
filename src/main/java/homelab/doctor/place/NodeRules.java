package homelab.doctor.place;

import homelab.doctor.Item;
import homelab.doctor.NodeTerms;
import homelab.doctor.pod.Pod;
import homelab.model.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pod's own rules make of the nodes that there are. */
record NodeRules(Pod pod, List<Item> nodes) {

    /** By its own rules and its tolerations, whether they are there now or not. */
    List<Item> admitted() {
        Wishes wishes = new Wishes(pod, List.of());
        return nodes.stream().filter(node -> wishes.refusals(node).isEmpty()).toList();
    }

    /** Whether nothing but these nodes is left over. */
    boolean keepTo(Placement placement) {
        return admitted().stream().allMatch(node -> PlaceCheck.allows(placement, node.name()));
    }

    /** Whether its selector or what it requires leaves a node out. */
    boolean excludeSome() {
        NodeTerms terms = NodeTerms.ofPod(pod.item().at("spec"));
        Map<String, String> selector = pod.item().map("spec.nodeSelector");
        return nodes.stream()
                .anyMatch(node -> !terms.admit(node)
                        || !node.map("metadata.labels").entrySet().containsAll(selector.entrySet()));
    }

    /** Whether one of its preferences is for these nodes and no other. */
    boolean prefer(Placement placement) {
        return pod.item().items("spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution").stream()
                .map(one -> new NodeTerms(List.of(one.at("preference"))))
                .anyMatch(terms -> nodes.stream().anyMatch(terms::admit)
                        && nodes.stream()
                                .filter(terms::admit)
                                .allMatch(node -> PlaceCheck.allows(placement, node.name())));
    }

    /** For people. */
    List<String> told() {
        List<String> rules = new ArrayList<>();
        Item spec = pod.item().at("spec");
        rule(rules, "nodeSelector", spec.at("nodeSelector"));
        rule(rules, "nodeAffinity", spec.at("affinity.nodeAffinity"));
        return rules;
    }

    private static void rule(List<String> rules, String name, Item rule) {
        if (!rule.isEmpty()) {
            rules.add(name + " " + rule.json());
        }
    }
}
