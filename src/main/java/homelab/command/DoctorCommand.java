package homelab.command;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Snapshot;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            "  homelab doctor --watch                   # and then only what changes",
            "  homelab doctor --save before.json        # and later, anywhere:",
            "  homelab doctor --from-snapshot before.json",
            "  homelab doctor --fix                     # what is safe, after showing it",
            "  homelab doctor list",
            "  homelab doctor explain HOST-004",
            "  homelab doctor timer --textfile /var/lib/node_exporter/textfile/homelab.prom",
            "",
            "Ends with 1 when something is found at or above --fail-on, with 4 when something could not be looked at."
        })
final class DoctorCommand implements Command {

    /** What is done. */
    enum Deed {
        check,
        list,
        explain,
        timer
    }

    @CommandLine.Mixin
    private final Verdicts options = new Verdicts();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            description = "check, list, explain or timer.")
    private Deed deed = Deed.check;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "ID",
            hideParamSyntax = true,
            description = "With explain: the checks' ids.")
    private List<String> ids = new ArrayList<>();

    @CommandLine.Mixin
    private final Picked picked = new Picked();

    @CommandLine.Mixin
    private final Kept kept = new Kept();

    @CommandLine.Mixin
    private final Textfile textfile = new Textfile();

    @CommandLine.Option(
            names = "--fix",
            description = "Set right what is safe to set right, after showing it as a plan; then look again.")
    private boolean fix;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "With --fix and timer: do not ask.")
    private boolean yes;

    @CommandLine.Option(
            names = "--watch",
            description = "Look again every 10 s until Ctrl-C, and tell what is new and what is gone.")
    private boolean watch;

    private final Io io;

    DoctorCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        refuseWhatDoesNotGoTogether();
        DoctorPages pages = new DoctorPages(io, options.is(Verdicts.Format.json));
        return switch (deed) {
            case list -> pages.list(picked.of(Checks.all()));
            case explain -> pages.explain(ids);
            case timer -> timer();
            case check -> check();
        };
    }

    private void refuseWhatDoesNotGoTogether() {
        boolean pages = deed == Deed.list || deed == Deed.explain;
        boolean timer = deed == Deed.timer;
        boolean plain = options.is(Verdicts.Format.text);
        new Discord()
                .when(deed != Deed.explain && !ids.isEmpty(), deed + " takes no " + String.join(" ", ids), "--only ID")
                .when((pages || timer) && (fix || watch), deed + " looks at no host", "leave out --fix and --watch")
                .when(pages && !plain && !options.is(Verdicts.Format.json), deed + " is text or json", "-o json")
                .when(
                        kept.isFromSnapshot() && (fix || watch),
                        "a snapshot does not change",
                        "leave out --from-snapshot")
                .when(fix && watch, "--fix ends, --watch does not", "homelab doctor --fix; homelab doctor --watch")
                .when(watch && !plain, "--watch tells text", "leave out -o")
                .when(
                        watch && (kept.isSaved() || textfile.file(io).isPresent()),
                        "--watch writes no file",
                        "homelab doctor timer writes metrics again and again")
                .when(textfile.isRemoval() && !timer, "--remove is for timer", "homelab doctor timer --remove")
                .when(
                        timer && !textfile.isRemoval() && textfile.file(io).isEmpty(),
                        "timer needs a file to write",
                        "--textfile /var/lib/node_exporter/textfile/homelab.prom, or what"
                                + " --collector.textfile.directory names")
                .refuse();
    }

    private Exit timer() {
        Cluster cluster = InventoryReader.read(options.inventory(io));
        DoctorTimer timer = new DoctorTimer(io, cluster, options.inventory(io));
        if (textfile.isRemoval()) {
            return timer.remove();
        }
        textfile.refuseUnwritable(io);
        return timer.install(textfile.file(io).orElseThrow(), textfile.every(), Consent.asking(yes));
    }

    private Exit check() {
        List<Check> checks = picked.of(Checks.all());
        Cluster cluster = InventoryReader.read(options.inventory(io));
        picked.refuseUnknownNodes(cluster);
        kept.refuseUnwritable(io);
        textfile.refuseUnwritable(io);
        DoctorRound round = new DoctorRound(io, options, picked, kept, textfile, kept.baseline(io), checks);
        Optional<Snapshot> snapshot = kept.snapshot(io);
        if (snapshot.isPresent()) {
            return round.tell(cluster, snapshot.get());
        }
        if (watch) {
            return new DoctorWatch(io, options, picked).watch(checks, round.before());
        }
        try (Job job = job()) {
            return fix ? round.mend(job, Consent.asking(yes)) : round.look(job);
        }
    }

    /** Only who mends needs what hosts are made of: release files, and secrets for what k3s reads. */
    private Job job() {
        return fix ? Job.open(io, options, "doctor") : Job.withoutReleases(io, options, "doctor", Cluster::nodes);
    }

    @Override
    public boolean verbose() {
        return options.verbose();
    }
}
