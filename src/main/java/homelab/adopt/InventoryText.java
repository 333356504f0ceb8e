package homelab.adopt;

import static homelab.adopt.YamlWords.quoted;
import static homelab.adopt.YamlWords.scalar;

import java.util.ArrayList;
import java.util.List;

/** The inventory of a cluster that is there, with a word of where each setting was found. */
public final class InventoryText {

    private InventoryText() {}

    /**
     * @param version the release that the server runs
     * @param etcd whether its data is in etcd, and not in SQLite
     * @param images whether image archives lie beside it
     * @param login lines of {@code ssh:} and {@code defaults:}, as the user's own words have them; comments may go before
     * @param members the server that was asked first
     */
    public static String of(
            String cluster, String version, boolean etcd, boolean images, String login, List<Member> members) {
        Arguments has = members.get(0).found().map(Found::files).orElse(Arguments.NONE);
        List<String> lines = new ArrayList<>(head(cluster, members.get(0)));
        lines.addAll(network(has, members.get(0)));
        lines.addAll(new InventoryK3s(has).lines(version, etcd, images));
        lines.addAll(addons(has));
        lines.add(login);
        lines.add("nodes:");
        members.forEach(member -> lines.addAll(new InventoryNode(member, has).lines()));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> head(String cluster, Member first) {
        return List.of(
                "# Written by homelab init from " + first.name() + ", after what k3s is started with there.",
                "# homelab plan --adopt shows what taking the cluster over would change; every key: docs/reference/inventory.md",
                "cluster: " + cluster,
                "");
    }

    private static List<String> network(Arguments has, Member first) {
        List<String> lines = new ArrayList<>(List.of(
                "network:",
                "  lan: " + first.lan().orElse(first.address() + "/32") + "   # of " + first.name() + "'s address",
                one(has, "pods", "cluster-cidr", "10.42.0.0/16"),
                one(has, "services", "service-cidr", "10.43.0.0/16")));
        if (!has.of("cluster-dns").isEmpty()) {
            lines.add(one(has, "dns", "cluster-dns", ""));
        }
        lines.add("");
        return lines;
    }

    private static String one(Arguments has, String name, String key, String usual) {
        String value = String.join(",", has.of(key));
        return "  " + name + ": " + quoted(value.isEmpty() ? usual : value) + from(has, key, "k3s's own");
    }

    /** Where a key was found, as a comment. */
    static String from(Arguments has, String key, String otherwise) {
        String place = has.places().get(key);
        return "   # " + (place == null ? otherwise : "from " + place);
    }

    private static List<String> addons(Arguments has) {
        String key = "default-local-storage-path";
        return has.of(key).isEmpty()
                ? List.of()
                : List.of("addons:", "  local-path: {path: " + scalar(has.one(key)) + "}", "");
    }
}
