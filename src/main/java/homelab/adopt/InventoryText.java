package homelab.adopt;

import homelab.model.OwnedConfig;
import homelab.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The inventory of a cluster that others made, with a word of where each setting was found. */
public final class InventoryText {
    private static final Set<String> ELSEWHERE = Set.of(
            "server",
            "token",
            "token-file",
            "cluster-init",
            "secrets-encryption",
            "node-name",
            "node-ip",
            "node-label",
            "node-taint",
            "flannel-iface",
            "cluster-cidr",
            "service-cidr",
            "cluster-dns",
            "flannel-backend",
            "tls-san",
            "disable",
            "kubelet-arg",
            "kube-apiserver-arg",
            "write-kubeconfig-mode",
            "default-local-storage-path",
            "config",
            "data-dir",
            "etcd-snapshot-schedule-cron",
            "etcd-snapshot-retention",
            "etcd-snapshot-dir",
            "etcd-snapshot-compress");
    private static final List<String> SNAPSHOTS = List.of("schedule-cron", "retention", "dir", "compress");
    private static final Set<String> COMPONENTS =
            Set.of("coredns", "servicelb", "traefik", "local-storage", "metrics-server", "runtimes");

    private final StringBuilder text = new StringBuilder();
    private final Arguments has;
    private final List<Member> members;

    private InventoryText(Arguments has, List<Member> members) {
        this.has = has;
        this.members = members;
    }

    /**
     * @param version the release that the server runs
     * @param etcd whether its data is in etcd, and not in SQLite
     * @param images whether image archives lie beside it
     * @param login lines of {@code ssh:} and {@code defaults:}, as the user's own words have them
     * @param members the server that was asked first
     */
    public static String of(
            String cluster, String version, boolean etcd, boolean images, String login, List<Member> members) {
        Arguments has = members.get(0).found().map(Found::files).orElse(Arguments.NONE);
        InventoryText made = new InventoryText(has, members);
        made.head(cluster);
        made.k3s(version, etcd, images);
        made.addons();
        made.text.append(login).append("\nnodes:\n");
        members.forEach(made::node);
        return made.text.toString();
    }

    private void line(String text) {
        this.text.append(text).append('\n');
    }

    private void head(String cluster) {
        line("# Written by homelab init from " + members.get(0).name() + ", after what k3s is started with there.");
        line(
                "# homelab plan --adopt shows what taking the cluster over would change; every key: docs/reference/inventory.md");
        line("cluster: " + cluster);
        line("");
        line("network:");
        line("  lan: " + members.get(0).lan().orElse(members.get(0).address() + "/32") + "   # of "
                + members.get(0).name() + "'s address");
        one("pods", "cluster-cidr", "10.42.0.0/16");
        one("services", "service-cidr", "10.43.0.0/16");
        if (!has.of("cluster-dns").isEmpty()) {
            one("dns", "cluster-dns", "");
        }
        line("");
    }

    private void one(String name, String key, String usual) {
        String value = String.join(",", has.of(key));
        line("  " + name + ": " + quoted(value.isEmpty() ? usual : value) + from(key, "k3s's own"));
    }

    private String from(String key, String otherwise) {
        String place = has.places().get(key);
        return "   # " + (place == null ? otherwise : "from " + place);
    }

    private void k3s(String version, boolean etcd, boolean images) {
        line("k3s:");
        line("  version: " + version + "   # as it runs");
        line("  cluster-init: " + etcd + (etcd ? "   # its data is in etcd" : "   # its data is in SQLite"));
        line("  secrets-encryption: " + has.one("secrets-encryption").equals("true")
                + from("secrets-encryption", "as the cluster was founded"));
        if (images) {
            line("  airgap-images: true   # image archives lie in its agent/images");
        }
        if (!has.of("flannel-backend").isEmpty()) {
            one("flannel-backend", "flannel-backend", "vxlan");
        }
        list("tls-san", "tls-san", has.of("tls-san"));
        list(
                "disable",
                "disable",
                has.of("disable").stream().filter(COMPONENTS::contains).toList());
        list("kubelet-args", "kubelet-arg", has.of("kubelet-arg"));
        list("apiserver-args", "kube-apiserver-arg", has.of("kube-apiserver-arg"));
        snapshots();
        config();
        notKept();
        line("");
    }

    private void list(String name, String key, List<String> values) {
        if (!values.isEmpty()) {
            line("  " + name + ": ["
                    + values.stream().distinct().map(InventoryText::quoted).collect(Collectors.joining(", ")) + "]"
                    + from(key, ""));
        }
    }

    private void snapshots() {
        List<String> parts = SNAPSHOTS.stream()
                .filter(key -> !has.of("etcd-snapshot-" + key).isEmpty())
                .map(key -> key + ": " + scalar(has.one("etcd-snapshot-" + key)))
                .toList();
        if (!parts.isEmpty()) {
            line("  snapshots: {" + String.join(", ", parts) + "}");
        }
    }

    private static boolean isFree(String key) {
        return !ELSEWHERE.contains(key)
                && !Flags.isSecret(key)
                && OwnedConfig.insteadOf(key).isEmpty();
    }

    private void config() {
        List<String> free =
                has.values().keySet().stream().filter(InventoryText::isFree).toList();
        if (free.isEmpty()) {
            return;
        }
        line("  config:");
        for (String key : free) {
            List<String> values = has.of(key);
            String value = Flags.isList(key)
                    ? "[" + values.stream().map(InventoryText::quoted).collect(Collectors.joining(", ")) + "]"
                    : scalar(has.one(key));
            line("    " + key + ": " + value + from(key, ""));
        }
    }

    /** What an inventory cannot hold is told, so that nobody finds it gone. */
    private void notKept() {
        List<String> told = new ArrayList<>();
        if (!has.of("write-kubeconfig-mode").isEmpty()
                && !has.one("write-kubeconfig-mode").matches("0*600")) {
            told.add("write-kubeconfig-mode " + has.one("write-kubeconfig-mode") + ": homelab's is 0600");
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
        told.forEach(one -> line("  # not kept: " + one.replaceAll("[\\p{Cntrl}]", " ")));
    }

    private void addons() {
        if (!has.of("default-local-storage-path").isEmpty()) {
            line("addons:");
            line("  local-path: {path: " + scalar(has.one("default-local-storage-path")) + "}");
            line("");
        }
    }

    private void node(Member member) {
        List<String> parts = new ArrayList<>();
        parts.add("address: " + quoted(member.address().toString()));
        parts.add("role: " + (member.server() ? "server" : "agent"));
        if (!member.labels().isEmpty()) {
            parts.add("labels: {"
                    + member.labels().stream()
                            .map(label -> quoted(label.key()) + ": " + quoted(label.value()))
                            .collect(Collectors.joining(", "))
                    + "}");
        }
        if (!member.taints().isEmpty()) {
            parts.add("taints: ["
                    + member.taints().stream()
                            .map(Taint::toString)
                            .map(InventoryText::quoted)
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        member.flannelIface().ifPresent(iface -> parts.add("flannel-iface: " + quoted(iface)));
        line("  " + member.name() + ": {" + String.join(", ", parts) + "}" + told(member));
        otherwise(member).forEach(this::line);
    }

    private static String told(Member member) {
        String words = member.unseen().isEmpty() ? member.board() : "not reached: " + member.unseen();
        return words.isBlank()
                ? ""
                : "   # " + words.replaceAll("[\\p{Cntrl}]", " ").strip();
    }

    /** What one node has otherwise than the server cannot be said of it alone. */
    private List<String> otherwise(Member member) {
        Map<String, List<String>> own =
                member.found().map(found -> found.files().values()).orElse(Map.of());
        return own.keySet().stream()
                .filter(key -> key.equals("kubelet-arg") || isFree(key))
                .filter(key -> !Set.copyOf(own.getOrDefault(key, List.of())).equals(Set.copyOf(has.of(key))))
                .map(key -> "  #   has " + key + " "
                        + String.join(", ", own.getOrDefault(key, List.of())).replaceAll("[\\p{Cntrl}]", " ")
                        + ", which the others have not so: it goes")
                .toList();
    }

    private static String scalar(String value) {
        return value.matches("true|false|[0-9]{1,9}") ? value : quoted(value);
    }

    /** Plain only where nothing could read it as something else. */
    static String quoted(String value) {
        boolean plain = value.matches("[A-Za-z/][A-Za-z0-9_./=-]*|[0-9]+(\\.[0-9]+){3}(/[0-9]+)?")
                && !value.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain
                ? value
                : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\p{Cntrl}]", " ") + "\"";
    }
}
