package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** STO-002: the helpers of Longhorn's driver are not all on one node. */
final class Sidecars implements ApiCheck {
    private static final List<String> NAMES =
            List.of("csi-attacher", "csi-provisioner", "csi-resizer", "csi-snapshotter");

    @Override
    public String id() {
        return "STO-002";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS, Objects.NODES, Longhorn.VOLUMES);
    }

    @Override
    public String without() {
        return Longhorn.ABSENT;
    }

    @Override
    public List<Finding> found(House house) {
        long nodes =
                Item.of(house, Objects.NODES).stream().filter(Objects::isOpen).count();
        if (nodes < 2) {
            return List.of(absent("cluster", "fewer than two nodes take pods"));
        }
        Map<String, List<Pod>> byName = Pod.alive(house).stream()
                .filter(pod -> NAMES.contains(name(pod)) && !pod.node().isEmpty())
                .collect(Collectors.groupingBy(Sidecars::name, TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        byName.forEach((name, pods) -> findings.add(judge(name, pods, nodes)));
        return findings.isEmpty()
                ? List.of(unknown("cluster", "none of " + String.join(", ", NAMES) + " runs"))
                : findings;
    }

    private static String name(Pod pod) {
        return pod.owner().substring(pod.owner().indexOf('/') + 1);
    }

    /** As even as it can be is well, two and one on two nodes. */
    private Finding judge(String name, List<Pod> pods, long nodes) {
        Map<String, Long> byNode =
                pods.stream().collect(Collectors.groupingBy(Pod::node, TreeMap::new, Collectors.counting()));
        String subject = "Deployment " + pods.get(0).namespace() + "/" + name;
        String seen = byNode.entrySet().stream()
                .map(entry -> entry.getValue() + " on " + entry.getKey())
                .collect(Collectors.joining(", "));
        long most = Collections.max(byNode.values());
        long even = (pods.size() + nodes - 1) / nodes;
        String fix = "kubectl -n " + pods.get(0).namespace() + " rollout restart deployment " + name;
        if (pods.size() < 2 || most <= even) {
            return pass(subject, pods.size() < 2 ? "has one copy" : "its copies are spread")
                    .by(seen);
        }
        return byNode.size() == 1
                ? fail(subject, "all its copies are on one node").by(seen).fix(fix)
                : warn(subject, "most of its copies are on one node").by(seen).fix(fix);
    }
}
