package homelab.command;

import homelab.phase.Phase;
import homelab.problem.Exit;
import java.util.List;
import picocli.CommandLine;

/** {@code homelab bootstrap}: bare hosts become a Ready cluster. */
@CommandLine.Command(
        name = "bootstrap",
        description = {
            "Makes the hosts of the inventory one Ready k3s cluster behind UFW.",
            "Shows the plan, asks, does it, and proves it. A second run has nothing to do."
        },
        footer = {
            "",
            "Examples:",
            "  homelab bootstrap -i inventory/two-pis.yaml",
            "  homelab bootstrap --dry-run            # the plan, and nothing else",
            "  homelab bootstrap --only host,firewall --yes",
            "  homelab bootstrap --adopt              # k3s is there already, installed by others"
        })
final class Bootstrap implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final Selection selection = new Selection();

    @CommandLine.Mixin
    private final Consent consent = new Consent();

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = "--adopt",
            description = "Take over a k3s that others installed; where its arguments are equal it goes on running.")
    private boolean adopt;

    private final Io io;

    Bootstrap(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Order.refuseUnknown(selection.only());
        try (Job job = Job.open(io, common, "bootstrap")) {
            if (adopt) {
                job.workshop().takeOver();
            }
            job.refuseToFoundBlindly();
            Carry carry = new Carry(io, job, consent, common.json(), "bootstrap");
            List<Phase> phases = job.phases(selection.only(), consent.foundNewCluster());
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
