package homelab.inventory;

import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code placement:}, where pods are to run. */
final class PlacementSection {
    private final Fields root;
    private final List<Draft> drafts;

    private PlacementSection(Fields root, List<Draft> drafts) {
        this.root = root;
        this.drafts = drafts;
    }

    static List<Placement> read(Fields root, NodesSection.Nodes nodes) {
        PlacementSection section = new PlacementSection(root, nodes.drafts());
        List<Placement> placements = new ArrayList<>();
        List<Tree> items = root.items("placement");
        for (int i = 0; i < items.size(); i++) {
            Tree item = items.get(i);
            String path = "placement[" + (i + 1) + "]";
            section.one(Fields.of(Section.PLACEMENT, path, item.place(), item, root.mistakes()))
                    .ifPresent(placements::add);
        }
        return placements;
    }

    private Optional<Placement> one(Fields entry) {
        Optional<Placement.Chosen> pods = entry.one("pods", Kinds.PODS);
        Optional<Boolean> required = entry.one("required", Kinds.FLAG, true);
        List<NodeName> nodes = entry.list("nodes", nodes()).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
        if (entry.value("nodes").filter(Tree.Items.class::isInstance).isPresent()
                && entry.items("nodes").isEmpty()) {
            entry.mistakes()
                    .add(
                            entry.place("nodes"),
                            entry.path("nodes") + " is empty",
                            "the pods could run nowhere",
                            "name the nodes, or write servers or agents");
        }
        return pods.isEmpty() || nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Placement(pods.get().namespace(), pods.get().pods(), nodes, required.orElse(true)));
    }

    /** A node by its name, or all of a role. A node that is called like a role is meant itself. */
    private Kind<List<NodeName>> nodes() {
        Map<String, List<NodeName>> known = new LinkedHashMap<>();
        drafts.forEach(draft -> draft.name().ifPresent(name -> known.put(name.text(), List.of(name))));
        known.putIfAbsent("servers", all(Role.SERVER));
        known.putIfAbsent("agents", all(Role.AGENT));
        known.values().removeIf(List::isEmpty);
        return new Kind<>(
                "a node of the inventory", text -> named(known, text), text -> Suggest.fix(text, known.keySet()));
    }

    private static List<NodeName> named(Map<String, List<NodeName>> known, String text) {
        List<NodeName> nodes = known.get(text);
        if (nodes == null) {
            throw new IllegalArgumentException("the inventory has no " + text);
        }
        return nodes;
    }

    private List<NodeName> all(Role role) {
        return drafts.stream()
                .filter(draft -> draft.role().equals(Optional.of(role)))
                .flatMap(draft -> draft.name().stream())
                .toList();
    }
}
