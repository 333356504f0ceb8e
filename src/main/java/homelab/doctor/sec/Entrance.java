package homelab.doctor.sec;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.pod.Pod;
import homelab.doctor.sec.Policy.Direction;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port of a pod that is reached from outside the pods: by way of a load balancer, or by the API server.
 *
 * @param service by which it is reached
 * @param why for people: "the load balancer", "the API server (webhook NAME)"
 */
record Entrance(Item service, Item port, Pod pod, String why) {
    static final Listing SERVICES = new Listing(
            "services",
            "/api/v1/services",
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "spec.type",
                    "spec.selector",
                    "spec.ports",
                    "spec.externalTrafficPolicy"));

    static List<Entrance> of(Item service, List<Item> ports, List<Pod> pods, String why) {
        List<Entrance> all = new ArrayList<>();
        pods.stream()
                .filter(pod -> pod.namespace().equals(service.namespace())
                        && !service.map("spec.selector").isEmpty()
                        && pod.item()
                                .map("metadata.labels")
                                .entrySet()
                                .containsAll(service.map("spec.selector").entrySet())
                        && !pod.item().is("spec.hostNetwork", "true"))
                .forEach(pod -> ports.forEach(port -> all.add(new Entrance(service, port, pod, why))));
        return all;
    }

    /** What keeps those outside away; empty when they are let in. Nodes come with their own or with a pod network's address. */
    Optional<String> closed(House house, List<Policy> policies) {
        List<Policy> selecting = policies.stream()
                .filter(policy -> policy.selects(pod) && policy.closes(Direction.INGRESS))
                .toList();
        if (selecting.isEmpty()) {
            return Optional.empty();
        }
        Network network = house.cluster().network();
        boolean lan = house.cluster().nodes().stream().allMatch(node -> admitted(selecting, node.ip()));
        boolean flannel = admitted(selecting, overlay(network.pods()));
        String by = String.join(", ", selecting.stream().map(Policy::name).toList());
        return lan || flannel
                ? Optional.empty()
                : Optional.of("port " + number() + " of " + pod.subject() + " is closed to " + network.lan() + " and "
                        + network.pods() + " by " + by + "; asked by " + why);
    }

    private boolean admitted(List<Policy> selecting, Ip address) {
        String protocol = port.text("protocol").isEmpty() ? "TCP" : port.text("protocol");
        return selecting.stream()
                .flatMap(policy -> policy.rules(Direction.INGRESS).stream())
                .anyMatch(rule -> rule.admits(address) && rule.opens(protocol, number(), name()));
    }

    /** The address that flannel gives a node in its share of the pods' network, seen by pods of other nodes. */
    private static Ip overlay(Cidr pods) {
        return pods.base();
    }

    private String name() {
        String target = port.text("targetPort");
        return target.matches("\\d+") ? containerPort(target, "containerPort", "name") : target;
    }

    private long number() {
        String target = port.text("targetPort").isEmpty() ? port.text("port") : port.text("targetPort");
        String found = target.matches("\\d{1,5}") ? target : containerPort(target, "name", "containerPort");
        return found.matches("\\d{1,5}") ? Long.parseLong(found) : 0;
    }

    private String containerPort(String value, String by, String wanted) {
        return pod.containers().stream()
                .flatMap(container -> container.items("ports").stream())
                .filter(one -> one.is(by, value))
                .map(one -> one.text(wanted))
                .findFirst()
                .orElse("");
    }
}
