package homelab.facts;

import java.util.List;
import java.util.Optional;

/**
 * What k3s's files on a host say now. Only keys that are no secret.
 *
 * @param server the address in {@code server: https://ADDRESS:6443} of /etc/rancher/k3s/config.yaml, without brackets
 * @param clusterInit whether k3s would found a cluster if it had no data
 * @param nodeName what config.yaml calls the node
 * @param dropIns lines of /etc/rancher/k3s/config.yaml.d that set a key that all servers must have alike
 */
public record K3sSettings(
        Optional<String> server, boolean clusterInit, Optional<String> nodeName, List<DropIn> dropIns) {
    public static final K3sSettings NONE = new K3sSettings(Optional.empty(), false, List.of());

    /** @param value as it is written, without quotes */
    public record DropIn(String file, String key, String value) {}

    /** Of one that leaves its name to the host. */
    public K3sSettings(Optional<String> server, boolean clusterInit, List<DropIn> dropIns) {
        this(server, clusterInit, Optional.empty(), dropIns);
    }

    public K3sSettings {
        dropIns = List.copyOf(dropIns);
    }
}
