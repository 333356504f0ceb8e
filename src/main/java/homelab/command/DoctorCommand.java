package homelab.command;

import homelab.doctor.Baseline;
import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import homelab.doctor.Snapshot;
import homelab.doctor.SnapshotJson;
import homelab.doctor.Verdict;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.report.DoctorJUnit;
import homelab.report.DoctorJson;
import homelab.report.DoctorMetrics;
import homelab.report.DoctorText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code homelab doctor}: what is wrong, why, since when, how sure, and what to type. */
@CommandLine.Command(
        name = "doctor",
        description = {
            "Looks at every host and at the API once, and says what is wrong with it, the worst first, and what to type.",
            "Touches nothing without --fix. list shows the checks, explain tells of one what it is for, how it is found and how it is mended."
        },
        footer = {
            "",
            "Examples:",
            "  homelab doctor -i inventory/two-pis.yaml",
            "  homelab doctor --group HOST,ETCD --node jarvis",
            "  homelab doctor --fail-on warn -o json",
            "  homelab doctor --save before.json        # and later, anywhere:",
            "  homelab doctor --from-snapshot before.json",
            "  homelab doctor --fix                     # what is safe, after showing it",
            "  homelab doctor list",
            "  homelab doctor explain HOST-004",
            "",
            "Ends with 1 when something is found at or above --fail-on, with 4 when something could not be looked at."
        })
final class DoctorCommand implements Command {

    /** What is done. */
    enum Deed {
        check,
        list,
        explain
    }

    /** From which verdict on the exit code is 1. */
    enum FailOn {
        warn,
        fail
    }

    /** How the findings are written. */
    enum Format {
        text,
        json,
        junit,
        prometheus
    }

    /** The usual options, with more forms than other verbs have. */
    static final class Options extends Usual {
        @CommandLine.Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "text (default), json, junit or prometheus.")
        private Format format = Format.text;
    }

    @CommandLine.Mixin
    private final Options options = new Options();

    @CommandLine.Parameters(index = "0", arity = "0..1", paramLabel = "DEED", description = "check, list or explain.")
    private Deed deed = Deed.check;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "ID",
            hideParamSyntax = true,
            description = "With explain: the checks' ids.")
    private List<String> ids = new ArrayList<>();

    @CommandLine.Mixin
    private final Picked picked = new Picked();

    @CommandLine.Option(names = "--fail-on", paramLabel = "VERDICT", description = "fail (default) or warn.")
    private FailOn failOn = FailOn.fail;

    @CommandLine.Option(names = "--all", description = "Show what passes and what does not apply as well.")
    private boolean all;

    @CommandLine.Option(names = "--save", paramLabel = "FILE", description = "Keep what was seen in this file.")
    private @Nullable Path save;

    @CommandLine.Option(
            names = "--from-snapshot",
            paramLabel = "FILE",
            description = "Judge what was kept in this file; reaches no host.")
    private @Nullable Path kept;

    @CommandLine.Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Tell only what is new or gone since this file was written with -o json.")
    private @Nullable Path baseline;

    @CommandLine.Option(
            names = "--fix",
            description = "Set right what is safe to set right, after showing it as a plan; then look again.")
    private boolean fix;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "With --fix: do not ask.")
    private boolean yes;

    private final Io io;

    DoctorCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        return switch (deed) {
            case list -> list();
            case explain -> explain();
            case check -> check();
        };
    }

    private Exit list() {
        List<Page> pages = picked.of(Checks.all()).stream()
                .map(check -> Page.of(check.id()))
                .toList();
        io.out().print(json() ? DoctorJson.list(pages) : new DoctorText(io.outTerminal()).list(pages));
        return Exit.DONE;
    }

    private Exit explain() {
        List<String> known = Checks.all().stream().map(Check::id).toList();
        Near.refuseUnknown(ids, known, "there is no check", "homelab doctor list");
        List<Page> pages = ids.stream().map(Page::of).toList();
        io.out().print(json() ? DoctorJson.list(pages) : new DoctorText(io.outTerminal()).explain(pages));
        return Exit.DONE;
    }

    private Exit check() {
        List<Check> checks = picked.of(Checks.all());
        Cluster cluster = InventoryReader.read(options.inventory(io));
        picked.refuseUnknownNodes(cluster);
        if (kept != null) {
            return tell(cluster, SnapshotJson.read(KeptFile.text(io.folder().resolve(kept))), checks);
        }
        try (Job job = Job.open(io, options, "doctor")) {
            return fix ? mend(job, checks) : tell(cluster, look(job, checks), checks);
        }
    }

    private Exit tell(Cluster cluster, Snapshot snapshot, List<Check> checks) {
        if (save != null) {
            KeptFile.write(io.folder().resolve(save), SnapshotJson.write(snapshot));
        }
        Checkup checkup = compared(picked.of(Checkup.of(cluster, snapshot, checks)));
        io.out().print(text(checkup));
        return exit(checkup);
    }

    /** Looks, mends what is safe to mend, and looks again. */
    private Exit mend(Job job, List<Check> checks) {
        Checkup found = picked.of(Checkup.of(job.cluster(), look(job, checks), checks));
        Mending mending = Mending.of(found, checks);
        if (mending.isEmpty()) {
            io.err().println("nothing is found that doctor may mend by itself");
            io.out().print(text(found));
            return exit(found);
        }
        Carry carry = new Carry(io, job, Consent.asking(yes), json(), "doctor");
        Exit done = carry.out(mending.of(job.phases(List.of(), false)));
        return done == Exit.DONE ? tell(job.cluster(), look(job, checks), checks) : done;
    }

    private static Snapshot look(Job job, List<Check> checks) {
        Snapshot snapshot = new DoctorLook(job, checks).snapshot();
        job.quiet();
        return snapshot;
    }

    private Checkup compared(Checkup checkup) {
        return baseline == null
                ? checkup
                : Baseline.read(KeptFile.text(io.folder().resolve(baseline))).compared(checkup);
    }

    private String text(Checkup checkup) {
        return switch (options.format) {
            case text -> new DoctorText(io.outTerminal()).of(checkup, all);
            case json -> DoctorJson.of(checkup);
            case junit -> DoctorJUnit.of(checkup);
            case prometheus -> DoctorMetrics.of(checkup);
        };
    }

    private boolean json() {
        return options.format == Format.json;
    }

    private Exit exit(Checkup checkup) {
        Optional<Verdict> worst = checkup.findings().stream()
                .map(Finding::verdict)
                .filter(verdict -> verdict != Verdict.UNKNOWN)
                .findFirst();
        Verdict limit = failOn == FailOn.warn ? Verdict.WARN : Verdict.FAIL;
        if (worst.isPresent() && worst.get().compareTo(limit) <= 0) {
            return Exit.FAILED;
        }
        return checkup.of(Verdict.UNKNOWN).isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    @Override
    public boolean verbose() {
        return options.verbose();
    }
}
