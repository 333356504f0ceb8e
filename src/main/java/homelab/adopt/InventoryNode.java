package homelab.adopt;

import static homelab.adopt.YamlWords.list;
import static homelab.adopt.YamlWords.quoted;

import homelab.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A node's line of an inventory, and what of it cannot be said of it alone. @param all what the first server has */
record InventoryNode(Member member, Arguments all) {
    private static final Set<String> FOR_ALL = Set.of("kubelet-arg", "kube-apiserver-arg", "tls-san", "disable");

    List<String> lines() {
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
            parts.add("taints: "
                    + list(member.taints().stream().map(Taint::toString).toList()));
        }
        member.flannelIface().ifPresent(iface -> parts.add("flannel-iface: " + quoted(iface)));
        List<String> lines = new ArrayList<>();
        lines.add("  " + member.name() + ": {" + String.join(", ", parts) + "}" + told());
        lines.addAll(otherwise());
        return lines;
    }

    private String told() {
        String words = member.unseen().isEmpty() ? member.board() : "not reached: " + member.unseen();
        return words.isBlank() ? "" : "   # " + YamlWords.comment(words);
    }

    /** Of all that an inventory says once for the cluster. */
    private List<String> otherwise() {
        Map<String, List<String>> own =
                member.found().map(found -> found.files().values()).orElse(Map.of());
        return own.keySet().stream()
                .filter(key -> FOR_ALL.contains(key) || InventoryK3s.isFree(key))
                .filter(key -> !Set.copyOf(own.getOrDefault(key, List.of())).equals(Set.copyOf(all.of(key))))
                .map(key -> "  #   has " + key + " "
                        + YamlWords.comment(String.join(", ", own.getOrDefault(key, List.of())))
                        + ", which the others have not so: it goes")
                .toList();
    }
}
