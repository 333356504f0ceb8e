package homelab.command;

import homelab.model.Node;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who must be there, and be ours, before something is changed that all of them share. */
record RollCall(Site site) {

    /** Servers that do not answer. */
    Optional<Problem> away(String what, String why) {
        return told(
                site.cluster().servers().stream()
                        .filter(node -> !site.reached(node))
                        .toList(),
                what + ", since it does not answer",
                why,
                "bring it back, or take it out: homelab remove-node");
    }

    /** Nodes whose k3s is of others. */
    Optional<Problem> others(String why) {
        return told(
                site.cluster().nodes().stream()
                        .filter(node -> site.takeover().found().containsKey(node.name()))
                        .toList(),
                "has a k3s that others installed, or it could not be seen whether",
                why,
                "homelab bootstrap --adopt first");
    }

    private static Optional<Problem> told(List<Node> nodes, String what, String why, String fix) {
        String names = nodes.stream().map(node -> node.name().text()).collect(Collectors.joining(", "));
        return nodes.isEmpty() ? Optional.empty() : Optional.of(Problem.of(names + ": " + what, why, fix));
    }

    /** @throws Failure with exit REFUSED, with all that speaks against it */
    @SafeVarargs
    static void refuse(Optional<Problem>... against) {
        List<Problem> all = List.of(against).stream().flatMap(Optional::stream).toList();
        if (!all.isEmpty()) {
            throw new Failure(Exit.REFUSED, all);
        }
    }
}
