package homelab.command;

import homelab.model.Cluster;
import homelab.phase.Phase;
import homelab.problem.Exit;
import java.util.List;
import picocli.CommandLine;

/** {@code homelab kubeconfig}: the cluster's admin access in the user's own file. */
@CommandLine.Command(
        name = "kubeconfig",
        description = {
            "Merges the cluster's admin access into your kubeconfig, under the cluster's name.",
            "Foreign entries stay as they are, to the byte; a backup is kept; $$KUBECONFIG is honoured."
        },
        footer = {"", "Example:", "  homelab kubeconfig -i inventory/two-pis.yaml && kubectl --context home get nodes"})
final class KubeconfigCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(names = "--dry-run", description = "Show what would change and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = "--replace-context",
            description = "Replace a context of the cluster's name that is another cluster's.")
    private boolean replaceContext;

    private final Io io;

    KubeconfigCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "kubeconfig", Cluster::nodes)) {
            job.leader();
            Carry carry = new Carry(io, job, Consent.given(), common.json(), "kubeconfig");
            List<Phase> phases = job.wanted().phases(List.of("kubeconfig"), replaceContext);
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
