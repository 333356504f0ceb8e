package homelab.command;

import homelab.host.Host;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.StorageText;
import homelab.report.TrialText;
import homelab.run.Event;
import homelab.storage.Storage;
import homelab.storage.Trial;
import picocli.CommandLine;

/** {@code homelab storage}: where the data lies, and what the loss of one node would take. */
@CommandLine.Command(
        name = "storage",
        description = {
            "Shows every volume with its copies, the endangered first, and what the loss of one node would take; below them",
            "Longhorn's disks. Reads what Longhorn and the API say, of any kind of volume, and touches nothing.",
            "With test: a small volume of Longhorn is claimed, written on one node, read on the others, and deleted."
        },
        footer = {
            "",
            "Examples:",
            "  homelab storage -i inventory/two-pis.yaml",
            "  homelab storage --exit-code     # 1 when a copy is missing or a disk takes none",
            "  homelab storage test            # on every node that stores data",
            "  homelab storage test --backup   # and a backup of it, which is deleted again"
        })
final class StorageCommand implements Command {
    /** What is done. */
    enum Deed {
        status,
        test
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(index = "0", arity = "0..1", paramLabel = "DEED", description = "status or test.")
    private Deed deed = Deed.status;

    @CommandLine.Option(
            names = "--exit-code",
            description = "End with 1 when a volume has fewer copies than asked for, or a disk takes none.")
    private boolean exitCode;

    @CommandLine.Option(
            names = "--backup",
            description = "With test: make a backup of the volume too, and delete it again.")
    private boolean backup;

    private final Io io;

    StorageCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        if (backup && deed != Deed.test) {
            throw new Failure(
                    Exit.USAGE, Problem.of("--backup says nothing without test", "", "homelab storage test --backup"));
        }
        try (Job job = Job.withoutReleases(io, common, "storage", Cluster::servers)) {
            return deed == Deed.test ? test(job) : status(job);
        }
    }

    private Exit status(Job job) {
        Storage storage =
                StorageLook.at(job.workshop().fleet().host(job.leader().name()));
        job.quiet();
        io.out().print(common.json() ? StorageText.json(storage) : new StorageText(io.outTerminal()).of(storage));
        return exitCode && storage.ill() ? Exit.FAILED : Exit.DONE;
    }

    private Exit test(Job job) {
        StorageTrial trial = StorageTrial.of(job.cluster(), backup);
        Host server = job.workshop().fleet().host(job.leader().name());
        job.events().tell(new Event.Looking("a volume as it is written, moved and read"));
        Trial tried = trial.on(server);
        job.quiet();
        io.out().print(common.json() ? TrialText.json(tried) : TrialText.of(tried, io.outTerminal()));
        tried.stuck().map(StorageTrial::failed).ifPresent(failure -> {
            throw failure;
        });
        return Exit.DONE;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
