package homelab.doctor.sec;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where those come in who are no pods: by load balancers, and the API server by webhooks. */
final class Entrances {
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

    private Entrances() {}

    static List<Entrance> all(House house, List<Pod> pods) {
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
}
