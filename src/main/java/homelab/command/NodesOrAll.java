package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The nodes of a verb that does nothing to any node that was not meant: they are named, or it is all of them. */
final class NodesOrAll {

    @Parameters(paramLabel = "NODE", arity = "0..*", hideParamSyntax = true, description = "Nodes of the inventory.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "All nodes, and so the whole cluster.")
    private boolean all;

    boolean all() {
        return all;
    }

    /**
     * @param verb what is done to them, for whoever named none
     * @throws Failure with exit USAGE unless either nodes of the inventory or all of them are named
     */
    List<Node> of(Cluster cluster, String verb) {
        if (all == !names.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            all ? "nodes are named beside --all" : "no node is named",
                            "it must be said which are meant",
                            "homelab " + verb + " NODE, or homelab " + verb + " --all"));
        }
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(names, known, "the inventory has no node", "homelab validate");
        return cluster.nodes().stream()
                .filter(node -> all || names.contains(node.name().text()))
                .toList();
    }
}
