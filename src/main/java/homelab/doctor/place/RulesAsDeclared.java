package homelab.doctor.place;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.model.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PLACE-002: workloads require, or prefer, the nodes that the inventory says; on their own they find them after a start. */
final class RulesAsDeclared implements PlaceCheck {
    static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    @Override
    public String id() {
        return "PLACE-002";
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> nodes = Item.of(house, Objects.NODES);
        Map<String, Pod> byOwner = new LinkedHashMap<>();
        Pod.alive(house).stream()
                .filter(pod -> !pod.ownedBy("daemonset") && !pod.ownedBy("node") && !pod.ownedBy("job"))
                .forEach(pod -> byOwner.putIfAbsent(pod.namespace() + " " + pod.owner(), pod));
        List<Finding> findings = new ArrayList<>();
        byOwner.forEach((owner, pod) -> {
            List<Placement> covering = house.cluster().placements().stream()
                    .filter(placement -> PlaceCheck.covers(placement, pod))
                    .toList();
            covering.forEach(placement -> findings.add(judge(owner, pod, placement, nodes)));
            if (covering.isEmpty() && new NodeRules(pod, nodes).excludeSome()) {
                findings.add(warn(owner, "is bound to nodes, and the inventory does not say so")
                        .by(new NodeRules(pod, nodes).told())
                        .fix("a line in the inventory's placement, for those who look after it next"));
            }
        });
        return orPass(findings, "no workload is bound to nodes");
    }

    private Finding judge(String owner, Pod pod, Placement placement, List<Item> nodes) {
        NodeRules rules = new NodeRules(pod, nodes);
        if (rules.admitted().stream().noneMatch(node -> PlaceCheck.allows(placement, node.name()))) {
            return told(fail(owner, "may not run on " + PlaceCheck.nodes(placement)), rules, REQUIRED, placement);
        }
        return placement.required()
                ? whatIsRequired(owner, rules, placement)
                : whatIsPreferred(owner, rules, placement);
    }

    private Finding whatIsRequired(String owner, NodeRules rules, Placement placement) {
        if (rules.keepTo(placement)) {
            return pass(owner, "requires what the inventory requires of it");
        }
        String where = PlaceCheck.nodes(placement);
        String what = rules.prefer(placement)
                ? "only prefers " + where + ": it starts elsewhere while that is away"
                : "may run anywhere, and the inventory wants it on " + where;
        return told(fail(owner, what), rules, REQUIRED, placement);
    }

    private Finding whatIsPreferred(String owner, NodeRules rules, Placement placement) {
        String where = PlaceCheck.nodes(placement);
        if (rules.keepTo(placement) && rules.admitted().size() < rules.nodes().size()) {
            String what = "requires " + where + ", which the inventory only prefers: it waits while that is away";
            return told(warn(owner, what), rules, PREFERRED, placement);
        }
        return rules.prefer(placement)
                ? pass(owner, "prefers what the inventory prefers for it")
                : told(warn(owner, "prefers no node, and the inventory prefers " + where), rules, PREFERRED, placement);
    }

    private static Finding told(Finding finding, NodeRules rules, String rule, Placement placement) {
        return finding.by(rules.told())
                .fix("in its template: affinity.nodeAffinity." + rule + " for kubernetes.io/hostname in "
                        + PlaceCheck.nodes(placement));
    }
}
