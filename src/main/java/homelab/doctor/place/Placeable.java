package homelab.doctor.place;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.doctor.sto.Claims;
import homelab.doctor.sto.Pinned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PLACE-003: were it started anew, each workload would find a node. */
final class Placeable implements ApiCheck {

    @Override
    public String id() {
        return "PLACE-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS, Objects.NODES, Claims.CLAIMS, Pinned.VOLUMES);
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> nodes = Item.of(house, Objects.NODES);
        Volumes volumes = new Volumes(Item.of(house, Claims.CLAIMS), Item.of(house, Pinned.VOLUMES));
        Map<String, List<Pod>> byOwner = Pod.alive(house).stream()
                .filter(pod -> !pod.ownedBy("daemonset") && !pod.ownedBy("node") && !pod.ownedBy("job"))
                .collect(Collectors.groupingBy(
                        pod -> pod.namespace() + " " + pod.owner(), LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        byOwner.forEach((owner, pods) -> judge(owner, pods, nodes, volumes, findings));
        return orPass(findings, "each workload would find a node again");
    }

    private void judge(String owner, List<Pod> pods, List<Item> nodes, Volumes volumes, List<Finding> findings) {
        Pod pod = pods.get(0);
        Wishes wishes = new Wishes(pod, volumes.of(pod));
        List<Item> able =
                nodes.stream().filter(node -> wishes.refusals(node).isEmpty()).toList();
        if (able.stream().noneMatch(Objects::isOpen)) {
            findings.add(fail(owner, "would find no node, were it started anew")
                    .by(nodes.stream().map(node -> why(node, wishes)).toList())
                    .concluded()
                    .fix("homelab status for nodes that are away; labels: kubectl get nodes --show-labels"));
        } else if (pods.size() > 1 && able.size() == 1 && nodes.size() > 1) {
            findings.add(warn(
                            owner,
                            "has " + pods.size() + " copies, and only "
                                    + able.get(0).name() + " takes them")
                    .by(nodes.stream()
                            .filter(node -> !node.name().equals(able.get(0).name()))
                            .map(node -> why(node, wishes))
                            .toList())
                    .concluded()
                    .fix("give a second node the labels it asks for: nodes.NAME.labels in the inventory, then"
                            + " homelab bootstrap"));
        }
    }

    private static String why(Item node, Wishes wishes) {
        List<String> refusals = new ArrayList<>(wishes.refusals(node));
        if (!Objects.isOpen(node)) {
            refusals.add(0, "takes no pods now");
        }
        return node.name() + ": " + String.join("; ", refusals);
    }
}
