package homelab.resource;

import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.K3s;
import homelab.model.Label;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.Taint;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The text of /etc/rancher/k3s/config.yaml. All settings are here, none in arguments or the unit's environment, where
 * others could read them and where k3s's installer would lose them.
 */
public final class K3sConfig {
    public static final String PATH = "/etc/rancher/k3s/config.yaml";
    public static final String TOKEN = "/etc/rancher/k3s/token";

    /** Of the keys that are handed through, those that k3s's agent takes too; it does not start with others. */
    private static final Set<String> AGENT_KEYS = Set.of(
            "alsologtostderr",
            "bind-address",
            "container-runtime-endpoint",
            "data-dir",
            "debug",
            "default-runtime",
            "disable-apiserver-lb",
            "disable-default-registry-endpoint",
            "enable-pprof",
            "flannel-conf",
            "flannel-cni-conf",
            "image-credential-provider-bin-dir",
            "image-credential-provider-config",
            "image-service-endpoint",
            "kube-proxy-arg",
            "lb-server-port",
            "log",
            "node-external-dns",
            "node-external-ip",
            "node-internal-dns",
            "nonroot-devices",
            "pause-image",
            "prefer-bundled-bin",
            "private-registry",
            "protect-kernel-defaults",
            "resolv-conf",
            "rootless",
            "selinux",
            "snapshotter",
            "v",
            "vmodule",
            "vpn-auth-file",
            "with-node-id");

    private static final Pattern SECRET = Pattern.compile(".*(token|secret|password|access-key|vpn-auth).*");

    private K3sConfig() {}

    /**
     * @param server the server that this node joins; none for the one that founds the cluster, and for one that is alone
     * @param token whether the node has a token file
     */
    public static String text(Cluster cluster, Node node, Optional<Ip> server, boolean token) {
        K3sYaml yaml = new K3sYaml()
                .comment(
                        "Written by homelab from its inventory; what is changed here is put back by the next bootstrap.");
        yaml.put("node-name", node.name().text()).put("node-ip", node.ip().toString());
        node.flannelIface().ifPresent(iface -> yaml.put("flannel-iface", iface));
        yaml.putInline(
                "node-label",
                node.labels().stream().map(Label::toString).sorted().toList());
        yaml.putInline(
                "node-taint",
                node.taints().stream().map(Taint::toString).sorted().toList());
        server.ifPresent(ip -> yaml.put("server", "https://" + (ip.isV6() ? "[" + ip + "]" : ip) + ":6443"));
        if (token) {
            yaml.put("token-file", TOKEN);
        }
        if (node.isServer()) {
            boolean etcd = cluster.k3s().clusterInit() || cluster.servers().size() > 1;
            if (server.isEmpty() && etcd) {
                yaml.put("cluster-init", true);
            }
            server(yaml, cluster.k3s(), cluster.network());
            cluster.addons().bundled().localPath().ifPresent(path -> yaml.put("default-local-storage-path", path));
        }
        yaml.put("kubelet-arg", cluster.k3s().kubeletArgs());
        new TreeMap<>(cluster.k3s().config()).forEach((key, value) -> {
            if (node.isServer() || AGENT_KEYS.contains(plain(key))) {
                yaml.put(key, value);
            }
        });
        return yaml.toString();
    }

    /** Some of these must be the same on all servers, so that all of them come from the cluster's part of the inventory. */
    private static void server(K3sYaml yaml, K3s k3s, Network network) {
        yaml.put("cluster-cidr", network.pods().toString())
                .put("service-cidr", network.services().toString());
        network.dns().ifPresent(dns -> yaml.put("cluster-dns", dns.toString()));
        yaml.put("flannel-backend", k3s.backend().word());
        if (k3s.secretsEncryption()) {
            yaml.put("secrets-encryption", true);
        }
        yaml.put("tls-san", k3s.tlsSans()).put("write-kubeconfig-mode", "0600").put("disable", k3s.disable());
        new TreeMap<>(k3s.snapshots()).forEach((key, value) -> yaml.put("etcd-snapshot-" + key, value));
        yaml.put("kube-apiserver-arg", k3s.apiserverArgs());
    }

    private static String plain(String key) {
        return key.endsWith("+") ? key.substring(0, key.length() - 1) : key;
    }

    /** Whether the text holds something that must not be shown, such as the key of an object store. */
    public static boolean isSecret(K3s k3s) {
        return k3s.config().keySet().stream()
                .anyMatch(key -> SECRET.matcher(key).matches());
    }
}
