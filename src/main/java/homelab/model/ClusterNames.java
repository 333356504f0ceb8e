package homelab.model;

import java.util.List;
import java.util.Map;

/**
 * What the cluster's DNS answers besides the cluster's own names.
 *
 * @param forward zone, "corp.example", to the servers that are asked for it
 * @param hosts name, "nas.home.arpa", to its addresses
 */
public record ClusterNames(Map<String, List<Ip>> forward, Map<String, List<Ip>> hosts) {
    public ClusterNames {
        forward = Ordered.copy(forward);
        hosts = Ordered.copy(hosts);
    }

    public boolean isEmpty() {
        return forward.isEmpty() && hosts.isEmpty();
    }
}
