package homelab.doctor.sec;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.doctor.sec.Policy.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SEC-004: NetworkPolicies select something, leave DNS open, and let load balancers and the API server in. */
final class PolicySanity implements ApiCheck {
    private static final List<String> HOOK =
            List.of("metadata.name", "webhooks.name", "webhooks.clientConfig.service", "webhooks.failurePolicy");
    static final Listing VALIDATING = new Listing(
            "validatingwebhookconfigurations",
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
            HOOK);
    static final Listing MUTATING = new Listing(
            "mutatingwebhookconfigurations",
            "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
            HOOK);

    @Override
    public String id() {
        return "SEC-004";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Policy.POLICIES, Objects.PODS, Entrance.SERVICES, Objects.NAMESPACES, VALIDATING, MUTATING);
    }

    @Override
    public List<Finding> found(House house) {
        List<Policy> policies = Policy.all(house);
        if (policies.isEmpty()) {
            return List.of(absent("cluster", "there are no NetworkPolicies"));
        }
        List<Pod> pods = Pod.alive(house);
        List<Finding> findings = new ArrayList<>(dangling(policies, pods));
        findings.addAll(mute(house, policies, pods));
        entrances(house, pods).stream()
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

    /** Pods that may not ask for a name find nobody, however many addresses are open to them. */
    private List<Finding> mute(House house, List<Policy> policies, List<Pod> pods) {
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
                byOwner.putIfAbsent(pod.namespace() + " " + pod.owner(), mute(pod, closing));
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

    private Finding mute(Pod pod, List<Policy> closing) {
        return fail(pod.namespace() + " " + pod.owner(), "may not ask for names: no NetworkPolicy opens DNS to it")
                .by("closed by "
                        + String.join(", ", closing.stream().map(Policy::name).toList())
                        + "; none opens 53/udp to the pods with k8s-app=kube-dns")
                .fix("homelab doctor explain SEC-004 shows the rule that is missing");
    }

    private static List<Entrance> entrances(House house, List<Pod> pods) {
        List<Item> services = Item.of(house, Entrance.SERVICES);
        List<Entrance> all = new ArrayList<>();
        services.stream()
                .filter(service -> service.is("spec.type", "LoadBalancer"))
                .forEach(service ->
                        all.addAll(Entrance.of(service, service.items("spec.ports"), pods, "the load balancer")));
        Stream.of(VALIDATING, MUTATING)
                .flatMap(listing -> Item.of(house, listing).stream())
                .forEach(configuration -> configuration
                        .items("webhooks")
                        .forEach(hook -> all.addAll(hooked(configuration, hook, services, pods))));
        return all;
    }

    private static List<Entrance> hooked(Item configuration, Item hook, List<Item> services, List<Pod> pods) {
        Item asked = hook.at("clientConfig.service");
        long number = asked.number("port").orElse(443L);
        return services.stream()
                .filter(service -> service.name().equals(asked.text("name"))
                        && service.namespace().equals(asked.text("namespace")))
                .flatMap(service -> {
                    List<Item> ports = service.items("spec.ports").stream()
                            .filter(port -> port.number("port")
                                    .filter(is -> is == number)
                                    .isPresent())
                            .toList();
                    return Entrance.of(service, ports, pods, "the API server (webhook " + configuration.name() + ")")
                            .stream();
                })
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
