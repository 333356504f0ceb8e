package homelab.adopt;

import static homelab.adopt.InventoryText.from;
import static homelab.adopt.YamlWords.list;
import static homelab.adopt.YamlWords.scalar;

import homelab.model.OwnedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The section {@code k3s:} of an inventory, after what a server is started with. */
record InventoryK3s(Arguments has) {
    private static final Set<String> ELSEWHERE = Set.of("config", "data-dir");
    private static final List<String> SNAPSHOTS = List.of("schedule-cron", "retention", "dir", "compress");
    private static final Set<String> COMPONENTS =
            Set.of("coredns", "servicelb", "traefik", "local-storage", "metrics-server", "runtimes");

    List<String> lines(String version, boolean etcd, boolean images) {
        List<String> lines = new ArrayList<>(List.of(
                "k3s:",
                "  version: " + version + "   # as it runs",
                "  cluster-init: " + etcd + (etcd ? "   # its data is in etcd" : "   # its data is in SQLite"),
                "  secrets-encryption: " + has.one("secrets-encryption").equals("true")
                        + from(has, "secrets-encryption", "as the cluster was founded")));
        if (images) {
            lines.add("  airgap-images: true   # image archives lie in its agent/images");
        }
        if (!has.of("flannel-backend").isEmpty()) {
            lines.add("  flannel-backend: " + scalar(has.one("flannel-backend")) + from(has, "flannel-backend", ""));
        }
        lines.addAll(listed("tls-san", "tls-san", has.of("tls-san")));
        lines.addAll(listed("disable", "disable", components()));
        lines.addAll(listed("kubelet-args", "kubelet-arg", has.of("kubelet-arg")));
        lines.addAll(listed("apiserver-args", "kube-apiserver-arg", has.of("kube-apiserver-arg")));
        lines.addAll(snapshots());
        lines.addAll(config());
        notKept().forEach(one -> lines.add("  # not kept: " + YamlWords.comment(one)));
        lines.add("");
        return lines;
    }

    private List<String> listed(String name, String key, List<String> values) {
        return values.isEmpty() ? List.of() : List.of("  " + name + ": " + list(values) + from(has, key, ""));
    }

    private List<String> components() {
        return has.of("disable").stream().filter(COMPONENTS::contains).toList();
    }

    private List<String> snapshots() {
        List<String> parts = SNAPSHOTS.stream()
                .filter(key -> !has.of("etcd-snapshot-" + key).isEmpty())
                .map(key -> key + ": " + scalar(has.one("etcd-snapshot-" + key)))
                .toList();
        return parts.isEmpty() ? List.of() : List.of("  snapshots: {" + String.join(", ", parts) + "}");
    }

    /** Whether a key is handed through to k3s as it is. */
    static boolean isFree(String key) {
        return !ELSEWHERE.contains(key)
                && !Flags.isSecret(key)
                && OwnedConfig.insteadOf(key).isEmpty();
    }

    private List<String> config() {
        List<String> lines = new ArrayList<>();
        has.values().keySet().stream()
                .filter(InventoryK3s::isFree)
                .map(key -> "    " + key + ": " + (Flags.isList(key) ? list(has.of(key)) : scalar(has.one(key)))
                        + from(has, key, ""))
                .forEach(lines::add);
        if (!lines.isEmpty()) {
            lines.add(0, "  config:");
        }
        return lines;
    }

    /** What an inventory cannot hold is told, so that nobody finds it gone. */
    private List<String> notKept() {
        List<String> told = new ArrayList<>();
        String mode = has.one("write-kubeconfig-mode");
        if (!mode.isEmpty() && !mode.matches("0*600")) {
            told.add("write-kubeconfig-mode " + mode + ": homelab's is 0600");
        }
        has.of("disable").stream()
                .filter(part -> !COMPONENTS.contains(part))
                .forEach(part -> told.add("disable " + part + ": k3s knows no such component"));
        has.values().keySet().stream()
                .filter(key -> Flags.isSecret(key) && !key.equals("token"))
                .forEach(key -> told.add(
                        key + ": a secret; put it into a file of /etc/rancher/k3s/config.yaml.d on the server"));
        if (!has.of("etcd-snapshot-name").isEmpty()) {
            told.add("etcd-snapshot-name " + has.one("etcd-snapshot-name"));
        }
        return told;
    }
}
