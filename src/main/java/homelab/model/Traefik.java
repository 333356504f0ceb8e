package homelab.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the Traefik that k3s brings along is told to be.
 *
 * @param trustedIps whose word about a client's address is taken: a proxy in front of the cluster
 * @param externalTrafficPolicy of its Service: "Local" keeps clients' addresses, "Cluster" answers on every node
 * @param dashboard whether its user interface has a route
 * @param values what its chart is told besides, in the order of the file; they win
 */
public record Traefik(
        List<Cidr> trustedIps, Optional<String> externalTrafficPolicy, boolean dashboard, Map<String, Object> values) {
    public Traefik {
        trustedIps = List.copyOf(trustedIps);
        values = Ordered.copy(values);
    }
}
