package homelab.model;

import java.util.Map;
import java.util.Optional;

/** The keys of k3s's configuration that homelab writes itself, and what to do in the inventory instead. */
public final class OwnedConfig {
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("server", "remove it: homelab finds the live server itself"),
            Map.entry("token", "use k3s.token"),
            Map.entry("token-file", "use k3s.token"),
            Map.entry("cluster-init", "use k3s.cluster-init"),
            Map.entry("tls-san", "use k3s.tls-san"),
            Map.entry("cluster-cidr", "use network.pods"),
            Map.entry("service-cidr", "use network.services"),
            Map.entry("cluster-dns", "use network.dns"),
            Map.entry("flannel-backend", "use k3s.flannel-backend"),
            Map.entry("flannel-iface", "use nodes.NAME.flannel-iface"),
            Map.entry("secrets-encryption", "use k3s.secrets-encryption"),
            Map.entry("write-kubeconfig-mode", "remove it: it is always 0600"),
            Map.entry("disable", "use k3s.disable"),
            Map.entry("default-local-storage-path", "use addons.local-path.path"),
            Map.entry("kubelet-arg", "use k3s.kubelet-args"),
            Map.entry("kube-apiserver-arg", "use k3s.apiserver-args"),
            Map.entry("node-ip", "use nodes.NAME.node-ip"),
            Map.entry("node-name", "use nodes.NAME (its name)"),
            Map.entry("node-label", "use nodes.NAME.labels"),
            Map.entry("node-taint", "use nodes.NAME.taints"));

    private OwnedConfig() {}

    /**
     * What to do instead of setting a k3s key, "use k3s.tls-san"; empty when the key is free.
     *
     * @param key also in k3s's appending form with a final {@code +}
     */
    public static Optional<String> insteadOf(String key) {
        String plain = key.endsWith("+") ? key.substring(0, key.length() - 1) : key;
        return plain.startsWith("etcd-snapshot-")
                ? Optional.of("use k3s.snapshots")
                : Optional.ofNullable(INSTEAD.get(plain));
    }
}
