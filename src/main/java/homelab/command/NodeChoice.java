package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** On which nodes a verb works. */
final class NodeChoice {

    @Option(names = "--node", split = ",", paramLabel = "NODE", description = "Only these nodes.")
    private List<String> names = new ArrayList<>();

    /**
     * Those that were named, all when none was.
     *
     * @throws homelab.problem.Failure with exit USAGE for names that the inventory has not
     */
    List<Node> of(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(names, known, "the inventory has no node", "homelab validate");
        return cluster.nodes().stream()
                .filter(node -> names.isEmpty() || names.contains(node.name().text()))
                .toList();
    }
}
