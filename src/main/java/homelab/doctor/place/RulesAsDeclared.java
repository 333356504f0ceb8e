package homelab.doctor.place;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.NodeTerms;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.model.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PLACE-002: workloads require, or prefer, the nodes that the inventory says; on their own they find them after a start. */
final class RulesAsDeclared implements PlaceCheck {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

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
            if (covering.isEmpty() && excludesSome(pod, nodes)) {
                findings.add(warn(owner, "is bound to nodes, and the inventory does not say so")
                        .by(rules(pod))
                        .fix("a line in the inventory's placement, for those who look after it next"));
            }
        });
        return orPass(findings, "no workload is bound to nodes");
    }

    private Finding judge(String owner, Pod pod, Placement placement, List<Item> nodes) {
        List<Item> able = admitted(pod, nodes);
        boolean prefers = prefers(pod, placement, nodes);
        boolean requires = able.stream().allMatch(node -> PlaceCheck.allows(placement, node.name()));
        if (able.stream().noneMatch(node -> PlaceCheck.allows(placement, node.name()))) {
            return told(fail(owner, "may not run on " + PlaceCheck.nodes(placement)), pod, REQUIRED, placement);
        }
        return placement.required()
                ? whatIsRequired(owner, pod, placement, requires, prefers)
                : whatIsPreferred(owner, pod, placement, requires && able.size() < nodes.size(), prefers);
    }

    private Finding whatIsRequired(String owner, Pod pod, Placement placement, boolean requires, boolean prefers) {
        if (requires) {
            return pass(owner, "requires what the inventory requires of it");
        }
        String where = PlaceCheck.nodes(placement);
        String what = prefers
                ? "only prefers " + where + ": it starts elsewhere while that is away"
                : "may run anywhere, and the inventory wants it on " + where;
        return told(fail(owner, what), pod, REQUIRED, placement);
    }

    private Finding whatIsPreferred(String owner, Pod pod, Placement placement, boolean requires, boolean prefers) {
        String where = PlaceCheck.nodes(placement);
        if (requires) {
            String what = "requires " + where + ", which the inventory only prefers: it waits while that is away";
            return told(warn(owner, what), pod, PREFERRED, placement);
        }
        return prefers
                ? pass(owner, "prefers what the inventory prefers for it")
                : told(warn(owner, "prefers no node, and the inventory prefers " + where), pod, PREFERRED, placement);
    }

    private static Finding told(Finding finding, Pod pod, String rule, Placement placement) {
        return finding.by(rules(pod))
                .fix("in its template: affinity.nodeAffinity." + rule + " for kubernetes.io/hostname in "
                        + PlaceCheck.nodes(placement));
    }

    /** By its own rules and its tolerations, whether they are there now or not. */
    private static List<Item> admitted(Pod pod, List<Item> nodes) {
        Wishes wishes = new Wishes(pod, List.of());
        return nodes.stream().filter(node -> wishes.refusals(node).isEmpty()).toList();
    }

    private static boolean excludesSome(Pod pod, List<Item> nodes) {
        NodeTerms terms = NodeTerms.ofPod(pod.item().at("spec"));
        Map<String, String> selector = pod.item().map("spec.nodeSelector");
        return nodes.stream()
                .anyMatch(node -> !terms.admit(node)
                        || !node.map("metadata.labels").entrySet().containsAll(selector.entrySet()));
    }

    /** Whether one of its preferences is for these nodes and no other. */
    private static boolean prefers(Pod pod, Placement placement, List<Item> nodes) {
        return pod.item().items("spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution").stream()
                .map(one -> new NodeTerms(List.of(one.at("preference"))))
                .anyMatch(terms -> nodes.stream().anyMatch(terms::admit)
                        && nodes.stream()
                                .filter(terms::admit)
                                .allMatch(node -> PlaceCheck.allows(placement, node.name())));
    }

    private static List<String> rules(Pod pod) {
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
