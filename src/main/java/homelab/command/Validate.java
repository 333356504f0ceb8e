package homelab.command;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.report.Json;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab validate}: reads the inventory and says so. */
@CommandLine.Command(
        name = "validate",
        description = "Checks the inventory and shows every mistake in it, each with its line. Reaches no host.",
        footer = {"", "Example:", "  homelab validate -i inventory/two-pis.yaml"})
final class Validate implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    private final Io io;

    Validate(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Path file = common.inventory(io);
        Cluster cluster = InventoryReader.read(file);
        if (common.json()) {
            io.out().print(Json.document("validate/v1", summary(cluster)));
        } else {
            io.out()
                    .println(file + ": cluster " + cluster.name() + ", "
                            + cluster.servers().size() + " server(s), "
                            + cluster.agents().size() + " agent(s), k3s "
                            + cluster.k3s().version() + "; nothing wrong");
        }
        return Exit.DONE;
    }

    private static Map<String, Object> summary(Cluster cluster) {
        return Map.of(
                "cluster", cluster.name(),
                "version", cluster.k3s().version().toString(),
                "nodes",
                        cluster.nodes().stream()
                                .map((Node node) -> Map.of(
                                        "name", node.name().text(),
                                        "role", node.role().word(),
                                        "ip", node.ip().toString()))
                                .toList());
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
