package homelab.adopt;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of k3s's flags (docs.k3s.io, "k3s server" and "k3s agent"; its pkg/cli/cmds). */
final class Flags {
    /** What stands in place of a secret from the moment that it is read. */
    static final String HIDDEN = "***";

    /** Given several times they add up; all others count as they stand last. */
    private static final Set<String> LISTS = Set.of(
            "tls-san",
            "disable",
            "node-label",
            "node-taint",
            "kubelet-arg",
            "kube-proxy-arg",
            "kube-apiserver-arg",
            "kube-controller-manager-arg",
            "kube-scheduler-arg",
            "kube-cloud-controller-manager-arg",
            "etcd-arg",
            "cluster-cidr",
            "service-cidr",
            "cluster-dns",
            "node-ip",
            "node-external-ip",
            "node-internal-dns",
            "node-external-dns");

    /** Those whose values may also stand in one, with commas. */
    private static final Set<String> WITH_COMMAS =
            Set.of("tls-san", "disable", "cluster-cidr", "service-cidr", "cluster-dns", "node-ip", "node-external-ip");

    private static final Set<String> SWITCHES = Set.of(
            "cluster-init",
            "cluster-reset",
            "secrets-encryption",
            "with-node-id",
            "protect-kernel-defaults",
            "prefer-bundled-bin",
            "selinux",
            "debug",
            "rootless",
            "docker",
            "nonroot-devices",
            "disable-default-registry-endpoint",
            "disable-apiserver-lb",
            "enable-pprof",
            "tls-san-security",
            "flannel-ipv6-masq",
            "flannel-external-ip",
            "disable-network-policy",
            "disable-kube-proxy",
            "disable-cloud-controller",
            "disable-helm-controller",
            "embedded-registry",
            "supervisor-metrics",
            "etcd-expose-metrics",
            "etcd-disable-snapshots",
            "etcd-snapshot-compress",
            "disable-agent",
            "disable-etcd",
            "disable-apiserver",
            "disable-scheduler",
            "disable-controller-manager",
            "etcd-s3",
            "etcd-s3-insecure",
            "etcd-s3-skip-ssl-verify",
            "alsologtostderr");

    private static final Map<String, String> SHORT =
            Map.of("t", "token", "s", "server", "d", "data-dir", "c", "config", "o", "write-kubeconfig");

    /** By the variable that k3s reads where neither file nor argument says anything. */
    static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("K3S_TOKEN", "token"),
            Map.entry("K3S_TOKEN_FILE", "token-file"),
            Map.entry("K3S_AGENT_TOKEN", "agent-token"),
            Map.entry("K3S_AGENT_TOKEN_FILE", "agent-token-file"),
            Map.entry("K3S_URL", "server"),
            Map.entry("K3S_NODE_NAME", "node-name"),
            Map.entry("K3S_DATA_DIR", "data-dir"),
            Map.entry("K3S_CLUSTER_INIT", "cluster-init"),
            Map.entry("K3S_CONFIG_FILE", "config"),
            Map.entry("K3S_DEBUG", "debug"),
            Map.entry("K3S_KUBECONFIG_OUTPUT", "write-kubeconfig"),
            Map.entry("K3S_KUBECONFIG_MODE", "write-kubeconfig-mode"),
            Map.entry("K3S_KUBECONFIG_GROUP", "write-kubeconfig-group"),
            Map.entry("K3S_DATASTORE_ENDPOINT", "datastore-endpoint"),
            Map.entry("K3S_RESOLV_CONF", "resolv-conf"),
            Map.entry("K3S_SELINUX", "selinux"),
            Map.entry("K3S_LB_SERVER_PORT", "lb-server-port"),
            Map.entry("K3S_ROOTLESS", "rootless"));

    private static final Pattern SECRET = Pattern.compile(
            "token|agent-token|etcd-s3-(access|secret)-key|etcd-s3-session-token|vpn-auth|datastore-endpoint");

    private Flags() {}

    static String longName(String flag) {
        return SHORT.getOrDefault(flag, flag);
    }

    static boolean isList(String key) {
        return LISTS.contains(key);
    }

    static boolean hasCommas(String key) {
        return WITH_COMMAS.contains(key);
    }

    static boolean isSwitch(String key) {
        return SWITCHES.contains(key);
    }

    static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }
}
