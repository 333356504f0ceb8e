package homelab.inventory;

import homelab.model.HardenItem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of an inventory and the keys that each knows. The schema and the reference page are held against this. */
enum Section {
    ROOT(
            "",
            List.of("cluster", "network", "k3s", "nodes"),
            List.of(
                    "ssh",
                    "defaults",
                    "groups",
                    "addons",
                    "gitops",
                    "placement",
                    "doctor",
                    "harden",
                    "registries",
                    "proxy",
                    "backup")),
    NETWORK("network", List.of("lan"), List.of("pods", "services", "sources", "allow", "dns")),
    ALLOW("network.allow[]", List.of("port", "why"), List.of("protocol", "from")),
    K3S(
            "k3s",
            List.of("version"),
            List.of(
                    "releases",
                    "channels",
                    "airgap-images",
                    "tls-san",
                    "cluster-init",
                    "secrets-encryption",
                    "flannel-backend",
                    "snapshots",
                    "disable",
                    "kubelet-args",
                    "apiserver-args",
                    "config",
                    "token")),
    SNAPSHOTS("k3s.snapshots", List.of(), List.of("schedule-cron", "retention", "dir", "compress", "s3")),
    S3("k3s.snapshots.s3", List.of("access-key", "secret-key"), List.of("endpoint", "region")),
    TOKEN("k3s.token", List.of(), List.of("file", "env", "command")),
    SSH("ssh", List.of(), List.of("known-hosts")),
    DEFAULTS("defaults", List.of(), Shared.KEYS),
    GROUP("groups.NAME", List.of(), Shared.KEYS),
    NODE(
            "nodes.NAME",
            List.of("address", "role"),
            Stream.concat(Stream.of("groups", "node-ip", "ssh-entry", "model"), Shared.KEYS.stream())
                    .toList()),
    ADDONS(
            "addons",
            List.of(),
            List.of(
                    "traefik",
                    "coredns",
                    "local-path",
                    "metrics-server",
                    "helm",
                    "longhorn",
                    "argocd",
                    "releases",
                    "registries")),
    TRAEFIK(
            "addons.traefik",
            List.of(),
            List.of("enabled", "trusted-ips", "external-traffic-policy", "dashboard", "values")),
    COREDNS("addons.coredns", List.of(), List.of("forward", "hosts")),
    LOCAL_PATH("addons.local-path", List.of(), List.of("enabled", "path")),
    METRICS_SERVER("addons.metrics-server", List.of(), List.of("enabled")),
    HELM("addons.helm", List.of(), List.of("version", "downloads")),
    LONGHORN(
            "addons.longhorn",
            List.of("version"),
            Stream.concat(Stream.of("backup"), Shipped.KEYS.stream()).toList()),
    BACKUP("addons.longhorn.backup", List.of("target"), List.of("access-key", "secret-key", "endpoint", "nfs-options")),
    ARGOCD(
            "addons.argocd",
            List.of("version"),
            Stream.concat(Stream.of("admin-password", "ingress"), Shipped.KEYS.stream())
                    .toList()),
    RELEASE(
            "addons.releases.NAME",
            List.of("chart", "version"),
            List.of("repo", "namespace", "values", "secrets", "images")),
    GITOPS(
            "gitops",
            List.of("repo", "path"),
            List.of(
                    "revision",
                    "name",
                    "project",
                    "prune",
                    "self-heal",
                    "resources-finalizer",
                    "credentials",
                    "layers")),
    CREDENTIALS("gitops.credentials", List.of(), List.of("username", "password", "ssh-key")),
    REGISTRY("addons.registries.HOST", List.of("username", "password"), List.of()),
    GITOPS_LAYER("gitops.layers.NAME", List.of(), List.of("path", "wave", "prune", "self-heal", "resources-finalizer")),
    PLACEMENT("placement[]", List.of("pods", "nodes"), List.of("required")),
    DOCTOR("doctor", List.of(), List.of("mutes")),
    MUTE("doctor.mutes[]", List.of("check", "reason"), List.of("subject", "until")),
    HARDEN(
            "harden",
            List.of(),
            Arrays.stream(HardenItem.values()).map(HardenItem::word).toList()),
    REGISTRIES("registries", List.of(), List.of("mirrors", "configs")),
    REGISTRY_MIRROR("registries.mirrors.NAME", List.of("endpoints"), List.of("rewrite")),
    REGISTRY_CONFIG(
            "registries.configs.HOST",
            List.of(),
            List.of("username", "password", "ca", "cert", "key", "insecure-skip-verify")),
    PROXY("proxy", List.of(), List.of("http", "https", "no-proxy")),
    BACKUPS("backup", List.of("to", "password"), List.of("volumes", "directories", "keep", "older-than-days", "at")),
    BACKUP_DIRECTORY("backup.directories[]", List.of("node", "path"), List.of("freeze")),
    BACKUP_KEEP("backup.keep", List.of(), List.of("daily", "weekly", "monthly"));

    /** What an add-on takes of which homelab knows the chart. */
    private static final class Shipped {
        static final List<String> KEYS =
                List.of("enabled", "chart", "repo", "namespace", "values", "secrets", "images");
    }

    /** What a node has of its own or takes from its groups and the defaults. */
    private static final class Shared {
        static final List<String> KEYS = List.of(
                "user",
                "port",
                "key",
                "jump",
                "become",
                "sudo-password",
                "host-keys",
                "flannel-iface",
                "labels",
                "taints",
                "disks");
    }

    private final String where;
    private final List<String> required;
    private final List<String> keys;

    Section(String where, List<String> required, List<String> optional) {
        this.where = where;
        this.required = required;
        this.keys = Stream.concat(required.stream(), optional.stream()).toList();
    }

    /** The path in the file, with NAME and [] for what there may be many of. */
    String where() {
        return where;
    }

    List<String> required() {
        return required;
    }

    List<String> keys() {
        return keys;
    }

    /** Where a key is at home that stands in the wrong section. */
    static Optional<Section> homeOf(String key) {
        return Arrays.stream(values())
                .filter(section -> section != TOKEN && section != LOCAL_PATH && section.keys.contains(key))
                .findFirst();
    }
}
