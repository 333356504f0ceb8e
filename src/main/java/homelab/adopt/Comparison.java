package homelab.adopt;

import homelab.model.OwnedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a found k3s runs with, beside what the inventory wants: by effect and not by letter, so that what k3s does by itself
 * is equal to the same words.
 *
 * @param equal the keys that somebody wrote down and that have the same effect
 * @param differs the keys that the inventory has otherwise
 * @param unknown the keys that the inventory has no word about
 */
public record Comparison(List<String> equal, List<Difference> differs, List<Difference> unknown) {

    /** @param has what is; @param wanted what the inventory makes of it; "not set" where there is nothing */
    public record Difference(String key, String has, String wanted) {}

    /** They count when a node joins, and later the cluster's own word does: labels and taints are set by the API. */
    private static final Set<String> AT_JOINING = Set.of(
            "server", "token", "token-file", "cluster-init", "node-label", "node-taint", "cluster-reset", "config");

    /** What k3s v1.33 does by itself (docs.k3s.io, "k3s server"). */
    private static final Map<String, String> BY_ITSELF = Map.ofEntries(
            Map.entry("cluster-cidr", "10.42.0.0/16"),
            Map.entry("service-cidr", "10.43.0.0/16"),
            Map.entry("cluster-dns", "10.43.0.10"),
            Map.entry("cluster-domain", "cluster.local"),
            Map.entry("flannel-backend", "vxlan"),
            Map.entry("write-kubeconfig-mode", "600"),
            Map.entry("write-kubeconfig", "/etc/rancher/k3s/k3s.yaml"),
            Map.entry("data-dir", "/var/lib/rancher/k3s"),
            Map.entry("private-registry", "/etc/rancher/k3s/registries.yaml"),
            Map.entry("https-listen-port", "6443"),
            Map.entry("snapshotter", "overlayfs"),
            Map.entry("default-local-storage-path", "/var/lib/rancher/k3s/storage"),
            Map.entry("etcd-snapshot-schedule-cron", "0 */12 * * *"),
            Map.entry("etcd-snapshot-retention", "5"),
            Map.entry("etcd-snapshot-name", "etcd-snapshot"));

    public Comparison {
        equal = List.copyOf(equal);
        differs = List.copyOf(differs);
        unknown = List.copyOf(unknown);
    }

    /** @param wanted the arguments of homelab's config.yaml for the node */
    public static Comparison of(Found found, Arguments wanted) {
        Arguments has = found.arguments();
        List<String> equal = new ArrayList<>();
        List<Difference> differs = new ArrayList<>();
        List<Difference> unknown = new ArrayList<>();
        Set<String> keys = new TreeSet<>(has.values().keySet());
        keys.addAll(wanted.values().keySet());
        keys.removeAll(AT_JOINING);
        Map<String, String> byItself = byItself(found);
        for (String key : keys) {
            Set<String> is = effect(key, has, byItself);
            Set<String> to = effect(key, wanted, byItself);
            if (is.equals(to)) {
                if (!has.of(key).isEmpty()) {
                    equal.add(key);
                }
            } else if (wanted.of(key).isEmpty() && isFree(key)) {
                unknown.add(new Difference(key, told(is), "not set"));
            } else {
                differs.add(new Difference(key, told(is), told(to)));
            }
        }
        return new Comparison(equal, differs, unknown);
    }

    private static boolean isFree(String key) {
        return OwnedConfig.insteadOf(key).isEmpty();
    }

    private static Map<String, String> byItself(Found found) {
        Map<String, String> all = new TreeMap<>(BY_ITSELF);
        all.put("node-name", found.hostname());
        all.put("node-ip", found.address());
        return all;
    }

    /** What counts of a key, in no order: lists add up in any. */
    private static Set<String> effect(String key, Arguments arguments, Map<String, String> byItself) {
        List<String> values = arguments.of(key);
        if (values.isEmpty()) {
            String usual = byItself.getOrDefault(key, Flags.isSwitch(key) ? "false" : "");
            return usual.isEmpty() ? Set.of() : Set.of(usual);
        }
        Set<String> effect = new TreeSet<>();
        values.forEach(value -> effect.add(normal(key, value)));
        return effect;
    }

    private static String normal(String key, String value) {
        if (key.endsWith("-mode")) {
            return value.replaceFirst("^0+(?=.)", "");
        }
        return Flags.isSwitch(key) ? value.toLowerCase(Locale.ROOT) : value;
    }

    private static String told(Set<String> values) {
        return values.isEmpty() ? "not set" : String.join(", ", values);
    }

    public boolean isEqual() {
        return differs.isEmpty() && unknown.isEmpty();
    }

    /** What stands nowhere but on the host and may not stand in an inventory. */
    public List<String> secrets() {
        return unknown.stream().map(Difference::key).filter(Flags::isSecret).toList();
    }
}
