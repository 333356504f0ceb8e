package homelab.command;

import homelab.backup.Copied;
import homelab.backup.Coverage;
import homelab.backup.Drilled;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.BackupText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code homelab backup}: volumes of local-path and folders of nodes, copied to another node's disk. */
@CommandLine.Command(
        name = "backup",
        description = {
            "Copies volumes of local-path and folders of nodes to a disk of another node by restic, sealed, and",
            "only what changed. plan tells what is copied and what is not, and touches nothing; run lays down",
            "what the nodes need for it, and copies; drill brings a copy back into a folder of its own and",
            "compares sums; restore lays one into a new claim. What and where to: backup in the inventory."
        },
        footer = {
            "",
            "Examples:",
            "  homelab backup plan -i inventory/two-pis.yaml",
            "  homelab backup run --yes",
            "  homelab backup list --node ultron",
            "  homelab backup drill                             # the newest copy",
            "  homelab backup restore web/data --as data-2      # the newest of that claim"
        })
final class BackupCommand implements Command {
    /** What is done. */
    enum Deed {
        plan,
        run,
        list,
        restore,
        drill
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final NodeChoice nodes = new NodeChoice();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            description = "plan, run, list, restore or drill.")
    private Deed deed = Deed.plan;

    @CommandLine.Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WHAT",
            hideParamSyntax = true,
            description =
                    "With restore and drill: NAMESPACE/CLAIM, or with drill a folder. Else drill takes the newest.")
    private Optional<String> what = Optional.empty();

    @CommandLine.Mixin
    private final BackupWords words = new BackupWords();

    @CommandLine.Option(
            names = "--dry-run",
            description = "With run and restore: show what would be done and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "With run and restore: do not ask.")
    private boolean yes;

    private final Io io;

    BackupCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        refuseWrongWords();
        try (Job job = Job.withoutReleases(io, common, "backup", this::needed)) {
            BackupDeeds deeds = new BackupDeeds(io, job, job.cluster().backup().orElseThrow());
            return switch (deed) {
                case plan -> plan(job, new BackupLook(job, deeds.backup()).coverage());
                case list -> list(job, copies(job));
                case run -> deeds.run(chosen(job.cluster()), phases -> carry(job, phases));
                case restore -> carry(job, deeds.restore(words.chosen(copies(job)), words));
                case drill -> drill(job, deeds.drill(words.chosen(copies(job))));
            };
        }
    }

    private void refuseWrongWords() {
        words.of(what);
        boolean changes = deed == Deed.run || deed == Deed.restore;
        boolean chooses = deed == Deed.drill || deed == Deed.restore;
        new Discord()
                .when(!changes && (dryRun || yes), deed + " changes nothing", "homelab backup " + deed)
                .when(!chooses && words.any(), deed + " takes no copy", "homelab backup " + deed)
                .when(deed == Deed.drill && words.restores(), "drill makes no claim", "homelab backup drill")
                .refuse();
        if (deed == Deed.restore) {
            words.refuseForRestore();
        }
    }

    private List<Copied> copies(Job job) {
        return new BackupLook(job, job.cluster().backup().orElseThrow()).copies(chosen(job.cluster()));
    }

    /** Before any host is reached. */
    private List<Node> needed(Cluster cluster) {
        if (cluster.backup().isEmpty()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "nothing is said of backups",
                            "the inventory has no section backup",
                            "backup: {to: NODE:/FOLDER, password: {file: PATH}}, see docs/how-to/backup.md"));
        }
        nodes.of(cluster);
        return cluster.nodes();
    }

    private List<Node> chosen(Cluster cluster) {
        Backup backup = cluster.backup().orElseThrow();
        return nodes.of(cluster).stream()
                .filter(node -> backup.concerns(node.name()))
                .toList();
    }

    private Exit plan(Job job, Coverage coverage) {
        job.quiet();
        job.tellUnreachable();
        io.out()
                .print(
                        common.json()
                                ? BackupText.json(coverage)
                                : new BackupText(io.outTerminal(), job.time().now()).of(coverage));
        return whole(job);
    }

    private Exit list(Job job, List<Copied> copies) {
        job.quiet();
        io.out()
                .print(
                        common.json()
                                ? BackupText.json(copies)
                                : new BackupText(io.outTerminal(), job.time().now()).of(copies));
        return Exit.DONE;
    }

    private static Exit whole(Job job) {
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private Exit drill(Job job, Drilled drilled) {
        job.quiet();
        io.out().print(common.json() ? BackupText.json(drilled) : BackupText.of(drilled));
        return drilled.failed().isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private Exit carry(Job job, List<Phase> phases) {
        Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "backup")
                .takingAway(
                        deed == Deed.restore
                                ? "name the claim in a workload; the old one stays as it is"
                                : "homelab backup list -i " + job.inventory());
        return dryRun ? carry.show(phases) : carry.out(phases);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
