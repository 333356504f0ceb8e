package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * The networks of the cluster; lan, pods and services do not overlap.
 *
 * @param lan where the nodes are
 * @param sources further networks that may reach SSH and the API (a VPN, say)
 * @param dns the cluster's DNS address inside {@code services}; k3s's default when absent
 */
public record Network(Cidr lan, Cidr pods, Cidr services, List<Cidr> sources, List<Allow> allow, Optional<Ip> dns) {
    public Network {
        sources = List.copyOf(sources);
        allow = List.copyOf(allow);
        apart(lan, pods);
        apart(lan, services);
        apart(pods, services);
        for (Cidr source : sources) {
            apart(source, pods);
            apart(source, services);
        }
        if (dns.isPresent() && !services.contains(dns.get())) {
            throw new IllegalArgumentException("the DNS address " + dns.get() + " is not in " + services);
        }
    }

    private static void apart(Cidr one, Cidr other) {
        if (one.overlaps(other)) {
            throw new IllegalArgumentException(one + " overlaps " + other);
        }
    }
}
