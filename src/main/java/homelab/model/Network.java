package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * The networks of the cluster; none overlaps another.
 *
 * @param lan where the nodes are
 * @param sources further networks that may reach SSH and the API (a VPN, say)
 * @param dns the cluster's DNS address inside {@code services}; k3s's default when absent
 */
public record Network(Cidr lan, Cidr pods, Cidr services, List<Cidr> sources, List<Allow> allow, Optional<Ip> dns) {
    public Network {
        sources = List.copyOf(sources);
        allow = List.copyOf(allow);
    }
}
