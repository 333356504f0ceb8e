package homelab.inventory;

import homelab.model.NodeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jump hosts: each leads to a node that is reached without coming back. */
final class Jumps {
    private final Mistakes mistakes;
    private final Map<NodeName, Draft> nodes = new HashMap<>();

    private Jumps(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static void check(NodesSection.Nodes nodes, Mistakes mistakes) {
        Jumps jumps = new Jumps(mistakes);
        nodes.drafts().forEach(draft -> draft.name().ifPresent(name -> jumps.nodes.put(name, draft)));
        nodes.shared().forEach(jumps::leadsSomewhere);
        nodes.drafts().forEach(draft -> jumps.leadsSomewhere(draft.layers().get(0)));
        nodes.drafts().forEach(jumps::notToItself);
        jumps.circles(nodes.drafts());
    }

    private void leadsSomewhere(Layer layer) {
        layer.jump().ifPresent(jump -> {
            Draft target = nodes.get(jump);
            if (target == null) {
                List<String> known =
                        nodes.keySet().stream().map(NodeName::text).sorted().toList();
                complain(layer, " leads nowhere", "there is no node " + jump, Suggest.fix(jump.text(), known));
            } else if (target.isLocal()) {
                complain(layer, " leads to this machine", jump + " has address: local", "remove the jump");
            }
        });
    }

    private void notToItself(Draft draft) {
        Layer own = draft.layers().get(0);
        if (own.jump().isPresent() && own.jump().equals(draft.name())) {
            complain(
                    own,
                    " leads to the node itself",
                    "it would have to be reached before it is reached",
                    "remove the jump, or name another node");
        }
    }

    /** Each circle is told once, at the first of its nodes in the file. */
    private void circles(List<Draft> drafts) {
        Set<NodeName> told = new HashSet<>();
        for (Draft draft : drafts) {
            Set<NodeName> way = way(draft);
            boolean back = draft.name().filter(way::contains).isPresent();
            if (back && way.stream().noneMatch(told::contains)) {
                told.addAll(way);
                Layer layer = draft.layers().stream()
                        .filter(each -> each.jump().isPresent())
                        .findFirst()
                        .orElseThrow();
                complain(
                        layer,
                        " goes round in a circle",
                        "by way of " + way + " it comes back to " + draft.name().orElseThrow(),
                        "one of them must be reached without a jump");
            }
        }
    }

    /** The nodes gone through; a set, so that a circle ends. */
    private Set<NodeName> way(Draft from) {
        Set<NodeName> way = new java.util.LinkedHashSet<>();
        Optional<NodeName> next = from.jump();
        while (next.isPresent() && way.add(next.get())) {
            next = Optional.ofNullable(nodes.get(next.get())).flatMap(Draft::jump);
        }
        return way;
    }

    private void complain(Layer layer, String what, String why, String fix) {
        mistakes.add(layer.fields().place("jump"), layer.fields().path("jump") + what, why, fix);
    }
}
