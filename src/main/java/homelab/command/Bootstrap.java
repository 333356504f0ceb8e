package homelab.command;

import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            "  homelab bootstrap --adopt              # k3s is there already, installed by others",
            "  homelab bootstrap --restore FILE.age   # all servers are lost; what the snapshot remembers comes back"
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

    @CommandLine.Option(
            names = "--restore",
            paramLabel = "FILE",
            description = "Make a lost cluster again, on hosts that hold none, from a snapshot that was pulled.")
    private Optional<Path> restore = Optional.empty();

    @CommandLine.Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "With --restore: the file of the key that opens it.")
    private Optional<Path> identity = Optional.empty();

    private final Io io;

    Bootstrap(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Order.refuseUnknown(selection.only());
        if (restore.isPresent() && (adopt || !selection.only().isEmpty())) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "--restore is for a whole bootstrap",
                            "a part of it, or a cluster of others, has no place for what the snapshot remembers",
                            "homelab bootstrap --restore FILE, without --only and --adopt"));
        }
        restore.ifPresent(file -> SnapshotFile.refuseNone(io, file));
        try (Job job = Job.open(io, common, "bootstrap")) {
            if (adopt) {
                job.workshop().takeOver();
            }
            job.refuseToFoundBlindly();
            return restore.isPresent()
                    ? regain(job, restore.get())
                    : carry(job, job.wanted().phases(selection.only(), consent.foundNewCluster()), consent);
        }
    }

    private Exit regain(Job job, Path snapshot) {
        try (SnapshotFile file = SnapshotFile.open(io, job.cluster().name(), snapshot, identity)) {
            // That the old cluster is gone is what is said with it.
            return carry(job, new Regained(job, file).phases(consent.foundNewCluster()), consent.foundingAgain());
        }
    }

    private Exit carry(Job job, List<Phase> phases, Consent agreed) {
        Carry carry = new Carry(io, job, agreed, common.json(), "bootstrap");
        return dryRun ? carry.show(phases) : carry.out(phases);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
