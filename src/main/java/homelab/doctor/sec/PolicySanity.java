package homelab.doctor.sec;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** SEC-004: NetworkPolicies select something, leave DNS open, and let load balancers and the API server in. */
final class PolicySanity implements ApiCheck {
    @Override
    public String id() {
        return "SEC-004";
    }

    @Override
    public List<Listing> listings() {
        return List.of(
                Policy.POLICIES,
                Objects.PODS,
                Entrance.SERVICES,
                Objects.NAMESPACES,
                Entrances.VALIDATING,
                Entrances.MUTATING);
    }

    @Override
    public List<Finding> found(House house) {
        List<Policy> policies = Policy.all(house);
        if (policies.isEmpty()) {
            return List.of(absent("cluster", "there are no NetworkPolicies"));
        }
        List<Pod> pods = Pod.alive(house);
        List<Finding> findings = new ArrayList<>(dangling(policies, pods));
        findings.addAll(new AsksForNames(house, policies, pods).findings(this));
        Entrances.all(house, pods).stream()
                .collect(Collectors.groupingBy(
                        entrance -> entrance.service().subject("Service"), LinkedHashMap::new, Collectors.toList()))
                .forEach((service, entrances) -> closed(house, policies, service, entrances, findings));
        return orPass(findings, policies.size() + " NetworkPolicies select pods, and close nothing that is needed");
    }

    private List<Finding> dangling(List<Policy> policies, List<Pod> pods) {
        return policies.stream()
                .filter(policy -> !policy.selectsAll() && pods.stream().noneMatch(policy::selects))
                .map(policy -> warn(policy.item().subject("NetworkPolicy"), "selects no pod")
                        .by("podSelector "
                                + policy.item().at("spec.podSelector").json())
                        .fix("kubectl -n " + policy.item().namespace() + " get pods --show-labels"))
                .toList();
    }

    private void closed(
            House house, List<Policy> policies, String service, List<Entrance> entrances, List<Finding> findings) {
        List<String> why = entrances.stream()
                .flatMap(entrance -> entrance.closed(house, policies).stream())
                .distinct()
                .toList();
        if (!why.isEmpty()) {
            findings.add(fail(service, "NetworkPolicies keep out those it is there for")
                    .by(why)
                    .concluded()
                    .fix("homelab doctor explain SEC-004 shows the rule that is missing"));
        }
    }
}
