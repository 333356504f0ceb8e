package homelab.command;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.PastRun;
import homelab.report.RunsText;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** {@code homelab runs}: what earlier runs from this machine did. */
@CommandLine.Command(
        name = "runs",
        description = {
            "Lists the runs from this machine that changed the cluster, the newest first. Reaches no host.",
            "With 'show' tells what one of them did: its name in the list, the beginning of it, or 'last'."
        },
        footer = {"", "Examples:", "  homelab runs -i inventory/two-pis.yaml", "  homelab runs show last"})
final class RunsCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            paramLabel = "show RUN",
            arity = "0..2",
            hideParamSyntax = true,
            description = "Tell what this run did.")
    private List<String> words = List.of();

    private final Io io;

    RunsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Cluster cluster = InventoryReader.read(common.inventory(io));
        List<PastRun> runs = PastRun.in(folder(io, cluster));
        if (words.isEmpty()) {
            io.out().print(common.json() ? RunsText.json(runs) : RunsText.table(runs, io.outTerminal()));
        } else {
            PastRun run = wanted(runs, cluster);
            io.out().print(common.json() ? RunsText.json(run) : RunsText.story(run));
        }
        return Exit.DONE;
    }

    /** Where the journals of a cluster are kept on this machine. */
    static Path folder(Io io, Cluster cluster) {
        return io.xdg("XDG_STATE_HOME", ".local/state").resolve(cluster.name());
    }

    private PastRun wanted(List<PastRun> runs, Cluster cluster) {
        if (words.size() != 2 || !words.get(0).equals("show")) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "'" + String.join(" ", words) + "' is nothing that runs can do",
                            "",
                            "homelab runs show RUN"));
        }
        String name = words.get(1);
        List<PastRun> found = name.equals("last")
                ? runs.stream().limit(1).toList()
                : runs.stream().filter(run -> run.id().startsWith(name)).toList();
        if (found.size() != 1) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "there " + (found.isEmpty() ? "is no run '" : "are " + found.size() + " runs '") + name
                                    + "'",
                            "of cluster " + cluster.name() + " there are " + runs.size() + " from this machine",
                            "homelab runs lists them"));
        }
        return found.get(0);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
