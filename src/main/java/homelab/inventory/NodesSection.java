package homelab.inventory;

import homelab.problem.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nodes:}, {@code groups:} and {@code defaults:}. */
final class NodesSection {
    private final Fields root;
    private final Paths paths;
    private final Layer defaults;
    private final Map<String, Layer> groups = new LinkedHashMap<>();

    private NodesSection(Fields root, Paths paths) {
        this.root = root;
        this.paths = paths;
        this.defaults = Layer.read(root.section("defaults", Section.DEFAULTS), paths);
        root.named("groups", Section.GROUP).forEach((name, fields) -> groups.put(name, Layer.read(fields, paths)));
    }

    static Nodes read(Fields root, Paths paths) {
        NodesSection section = new NodesSection(root, paths);
        List<Draft> drafts = new ArrayList<>();
        root.named("nodes", Section.NODE).forEach((name, fields) -> drafts.add(section.draft(name, fields)));
        List<Layer> shared = new ArrayList<>(section.groups.values());
        shared.add(section.defaults);
        return new Nodes(root.place("nodes"), drafts, shared);
    }

    /** @param shared the layers that are no node's own */
    record Nodes(Place at, List<Draft> drafts, List<Layer> shared) {}

    private Draft draft(String name, Fields fields) {
        Tree.Text text = new Tree.Text(name, false, fields.at());
        Draft draft = new Draft(
                fields,
                Kinds.NODE.read(text, "nodes." + name, root.mistakes()),
                fields.one("role", Kinds.ROLE),
                fields.one("address", Kinds.ADDRESS),
                fields.one("node-ip", Kinds.IP),
                fields.one("model", Kinds.TEXT),
                fields.one("ssh-entry", Kinds.SSH_ENTRY),
                layers(fields));
        if (draft.isLocal() && !fields.has("node-ip")) {
            String why = "address: local does not say which address the other nodes reach it by";
            root.mistakes()
                    .add(
                            fields.place("address"),
                            fields.path("node-ip") + " is missing",
                            why,
                            "add node-ip: 10.0.1.10");
        }
        return draft;
    }

    private List<Layer> layers(Fields fields) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Layer.read(fields, paths));
        Kind<Optional<Layer>> group =
                new Kind<>("a group", name -> Optional.of(known(name)), name -> Suggest.fix(name, groups.keySet()));
        fields.list("groups", group).forEach(layer -> layer.ifPresent(layers::add));
        layers.add(defaults);
        return layers;
    }

    private Layer known(String name) {
        Layer layer = groups.get(name);
        if (layer == null) {
            throw new IllegalArgumentException("there is no group '" + name + "' under groups:");
        }
        return layer;
    }
}
