package homelab.doctor.sec;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.doctor.sec.Policy.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether NetworkPolicies let pods ask the cluster's DNS. */
record AsksForNames(House house, List<Policy> policies, List<Pod> pods) {

    /** Pods that may not ask for a name find nobody, however many addresses are open to them. */
    List<Finding> findings(PolicySanity check) {
        Map<String, Map<String, String>> labels = Item.of(house, Objects.NAMESPACES).stream()
                .collect(Collectors.toMap(Item::name, item -> item.map("metadata.labels"), (one, other) -> one));
        List<Pod> dns = pods.stream()
                .filter(pod ->
                        "kube-dns".equals(pod.item().map("metadata.labels").get("k8s-app")))
                .toList();
        Map<String, Finding> byOwner = new LinkedHashMap<>();
        for (Pod pod : pods) {
            List<Policy> closing = policies.stream()
                    .filter(policy -> policy.selects(pod) && policy.closes(Direction.EGRESS))
                    .toList();
            boolean asks = closing.isEmpty()
                    || dns.isEmpty()
                    || pod.item().is("spec.hostNetwork", "true")
                    || closing.stream().anyMatch(policy -> asks(policy, dns, labels));
            if (!asks) {
                byOwner.putIfAbsent(pod.namespace() + " " + pod.owner(), told(check, pod, closing));
            }
        }
        return List.copyOf(byOwner.values());
    }

    private static boolean asks(Policy policy, List<Pod> dns, Map<String, Map<String, String>> labels) {
        return policy.rules(Direction.EGRESS).stream()
                .anyMatch(rule -> rule.opens("UDP", 53, "dns")
                        && dns.stream()
                                .anyMatch(pod -> rule.admits(
                                        pod,
                                        policy.item().namespace(),
                                        labels.getOrDefault(pod.namespace(), Map.of()))));
    }

    private static Finding told(PolicySanity check, Pod pod, List<Policy> closing) {
        return check.fail(
                        pod.namespace() + " " + pod.owner(), "may not ask for names: no NetworkPolicy opens DNS to it")
                .by("closed by "
                        + String.join(", ", closing.stream().map(Policy::name).toList())
                        + "; none opens 53/udp to the pods with k8s-app=kube-dns")
                .fix("homelab doctor explain SEC-004 shows the rule that is missing");
    }
}
