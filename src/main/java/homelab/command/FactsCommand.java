package homelab.command;

import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.report.FactsText;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab facts}: what the hosts are. */
@CommandLine.Command(
        name = "facts",
        description = "Shows what the hosts are. Touches nothing. The JSON has every fact.",
        footer = {"", "Examples:", "  homelab facts -i inventory/two-pis.yaml", "  homelab facts -o json"})
final class FactsCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    private final Io io;

    FactsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "facts", Cluster::nodes)) {
            Map<NodeName, Facts> facts = job.workshop().facts();
            job.quiet();
            io.out().print(common.json() ? FactsText.json(facts) : FactsText.table(facts, io.outTerminal()));
            job.tellUnreachable();
            return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
