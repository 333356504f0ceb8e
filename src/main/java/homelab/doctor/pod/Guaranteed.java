package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** POD-002: what the cluster cannot do without is not what the kernel kills first. */
final class Guaranteed implements ApiCheck {
    private static final List<String> CRITICAL =
            List.of("coredns", "traefik", "longhorn-manager", "argocd-application-controller");

    @Override
    public String id() {
        return "POD-002";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        Map<String, Pod> byOwner = Pod.alive(house).stream()
                .filter(Guaranteed::isCritical)
                .collect(Collectors.toMap(
                        pod -> pod.namespace() + " " + pod.owner(), pod -> pod, (one, other) -> one, TreeMap::new));
        List<Finding> findings = byOwner.values().stream().map(this::judge).toList();
        return findings.isEmpty() ? List.of(absent("cluster", "none of them runs")) : findings;
    }

    private static boolean isCritical(Pod pod) {
        String name = pod.owner().substring(pod.owner().indexOf('/') + 1);
        return CRITICAL.stream().anyMatch(name::endsWith);
    }

    /** The kubelet sets what is critical to its node as low on the kernel's list as what is guaranteed. */
    private Finding judge(Pod pod) {
        String subject = pod.namespace() + " " + pod.owner();
        String quality = pod.item().text("status.qosClass");
        if (quality.isEmpty()) {
            return unknown(subject, "its quality of service is not told");
        }
        boolean spared = pod.item().is("spec.priorityClassName", "system-node-critical");
        if (quality.equals("Guaranteed") || spared) {
            return pass(subject, spared ? "is critical to its node" : "is Guaranteed");
        }
        return warn(subject, "is killed before others when memory runs short, and the cluster needs it")
                .by(breaking(pod, quality))
                .fix("kubectl -n " + pod.namespace() + " set resources " + pod.owner()
                        + " with requests equal to limits; for what k3s or a chart brings along, in its values");
    }

    private static List<String> breaking(Pod pod, String quality) {
        return pod.containers().stream()
                .filter(one -> !isGuaranteed(one))
                .map(one -> "container " + one.text("name") + ": " + quality + ", requests "
                        + told(one.at("resources.requests")) + ", limits " + told(one.at("resources.limits")))
                .toList();
    }

    private static boolean isGuaranteed(Item container) {
        Map<String, String> limits = container.map("resources.limits");
        Map<String, String> requests = container.map("resources.requests");
        return List.of("cpu", "memory").stream()
                .allMatch(kind -> limits.containsKey(kind) && limits.get(kind).equals(requests.get(kind)));
    }

    private static String told(Item quantities) {
        String all = quantities.map().entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "nothing" : all;
    }
}
