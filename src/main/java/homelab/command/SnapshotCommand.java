package homelab.command;

import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.SnapshotPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.SnapshotText;
import homelab.snapshot.Integrity;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** {@code homelab snapshot}: the cluster's memory, kept, brought away and put back. */
@CommandLine.Command(
        name = "snapshot",
        description = {
            "Keeps the cluster's memory, etcd, in a file, and beside it the token without which it is of no use.",
            "list and check touch nothing, save takes one now, pull brings one here sealed with age, push lays",
            "that on a server again. restore makes the cluster what it was then: it tells what is forgotten, and",
            "asks for the cluster's name."
        },
        footer = {
            "",
            "Examples:",
            "  homelab snapshot save -i inventory/two-pis.yaml",
            "  homelab snapshot list",
            "  homelab snapshot check                 # reads the newest to its end",
            "  homelab snapshot pull                  # the newest, to ~/.local/share/homelab/CLUSTER/snapshots",
            "  homelab snapshot push FILE             # onto the server that is named in it, or with --node NODE",
            "  homelab snapshot restore NAME --dry-run",
            "  homelab snapshot restore NAME --cluster two-pis    # in a script: the name, instead of typing it"
        })
final class SnapshotCommand implements Command {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** k3s makes an object of the API of it, and puts the node and the second behind it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][-a-z0-9.]{0,59}");

    /** What is done. */
    enum Deed {
        list,
        save,
        check,
        pull,
        push,
        delete,
        restore
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            description = "list, save, check, pull, push, delete or restore.")
    private Deed deed = Deed.list;

    @CommandLine.Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SNAPSHOT",
            hideParamSyntax = true,
            description =
                    "Its name or how that begins; with push a file. Without it the newest, where nothing is lost by it.")
    private Optional<String> snapshot = Optional.empty();

    @CommandLine.Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "With save and push: on this server. Else the one that answers, or that is named in the file.")
    private Optional<String> node = Optional.empty();

    @CommandLine.Option(names = "--to", paramLabel = "FOLDER", description = "With pull: the folder to bring it to.")
    private Optional<Path> to = Optional.empty();

    @CommandLine.Option(
            names = "--recipient",
            paramLabel = "KEY",
            description =
                    "With pull: seal it for this age1… key, as often as there are. Else for a key of homelab's own.")
    private List<String> recipients = new ArrayList<>();

    @CommandLine.Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "With push: the file of the key that opens it.")
    private Optional<Path> identity = Optional.empty();

    @CommandLine.Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "With delete and restore: the cluster's name, instead of typing it when asked.")
    private Optional<String> named = Optional.empty();

    @CommandLine.Option(
            names = "--dry-run",
            description = "With save, delete and restore: show what would be done and do nothing.")
    private boolean dryRun;

    private final Io io;

    SnapshotCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = open()) {
            refuseWithoutEtcd(job);
            SnapshotShelf shelf = new SnapshotShelf(job);
            return switch (deed) {
                case list -> show(job, shelf.all(), Map.of());
                case check -> check(job, chosen(shelf));
                case save -> save(job);
                case pull -> new SnapshotPull(io, job).bring(chosen(shelf), to, recipients);
                case push -> new SnapshotPush(io, job).lay(Path.of(snapshot.orElseThrow()), node, identity);
                case delete -> carry(job).out(dryRun, SnapshotPhases.delete(shelf.named(snapshot.orElseThrow())));
                case restore -> restore(job, shelf.named(snapshot.orElseThrow()));
            };
        }
    }

    /** Only what starts k3s again needs to know its release. */
    private Job open() {
        if (snapshot.isEmpty() && List.of(Deed.push, Deed.delete, Deed.restore).contains(deed)) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "which snapshot is meant is not said",
                            "",
                            "homelab snapshot " + deed
                                    + (deed == Deed.push ? " FILE" : " NAME; list tells the names")));
        }
        return deed == Deed.restore
                ? Job.open(io, common, "snapshot", this::needed)
                : Job.withoutReleases(io, common, "snapshot", this::needed);
    }

    private List<Node> needed(Cluster cluster) {
        List<String> servers =
                cluster.servers().stream().map(server -> server.name().text()).toList();
        Near.refuseUnknown(node.stream().toList(), servers, "the inventory has no server", "homelab validate");
        named.ifPresent(name -> Near.refuseUnknown(
                List.of(name), List.of(cluster.name()), "the inventory is not of a cluster", "name it, or another -i"));
        return deed == Deed.restore ? cluster.nodes() : cluster.servers();
    }

    /** k3s keeps a single server's memory in SQLite unless told otherwise, and then knows no snapshots. */
    private void refuseWithoutEtcd(Job job) {
        boolean sqlite = job.cluster().servers().stream()
                .flatMap(server -> job.workshop().site().k3sOf(server).stream())
                .map(K3sState::datastore)
                .anyMatch("sqlite"::equals);
        if (sqlite) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "this cluster keeps its memory in SQLite, of which k3s takes no snapshots",
                            "the inventory says k3s.cluster-init: false",
                            "k3s.cluster-init: true and homelab bootstrap move it to etcd; or copy server/db and"
                                    + " server/token while k3s is stopped"));
        }
    }

    private Taken chosen(SnapshotShelf shelf) {
        return snapshot.map(shelf::named).orElseGet(shelf::newest);
    }

    private Exit show(Job job, List<Taken> all, Map<Taken, Integrity> looked) {
        job.quiet();
        io.out()
                .print(
                        common.json()
                                ? SnapshotText.json(all, looked, pulled(job))
                                : new SnapshotText(io.outTerminal(), job.time().now(), pulled(job)).of(all, looked));
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private Set<String> pulled(Job job) {
        return new SnapshotPull(io, job).here();
    }

    private Exit check(Job job, Taken one) {
        Map<Taken, Integrity> looked = new SnapshotShelf(job).look(List.of(one));
        Exit shown = show(job, List.of(one), looked);
        return looked.containsValue(Integrity.BROKEN) ? Exit.FAILED : shown;
    }

    private Exit save(Job job) {
        Node server = node.flatMap(name -> job.cluster().servers().stream()
                        .filter(one -> one.name().text().equals(name))
                        .findFirst())
                .orElseGet(job::leader);
        String name =
                snapshot.orElseGet(() -> "homelab-" + SECOND.format(job.time().now()));
        return carry(job).out(dryRun, SnapshotPhases.save(job.cluster(), server, name));
    }

    private Exit restore(Job job, Taken one) {
        new SnapshotGuard(job, one).refuse();
        job.quiet();
        new SnapshotLoss(job, one).lines().forEach(io.err()::println);
        return carry(job).out(dryRun, SnapshotPhases.restore(job.cluster(), one));
    }

    private Carrying carry(Job job) {
        boolean deletes = deed != Deed.save;
        Consent consent = deletes ? Consent.named(job.cluster().name(), named) : Consent.given();
        return (dry, phases) -> {
            Carry carry = new Carry(io, job, consent, common.json(), "snapshot")
                    .takingAway(
                            deed == Deed.restore
                                    ? "homelab doctor -i " + job.inventory()
                                    : "homelab snapshot list -i " + job.inventory());
            return dry ? carry.show(phases) : carry.out(phases);
        };
    }

    /** Shows or does. */
    private interface Carrying {
        Exit out(boolean dryRun, List<homelab.phase.Phase> phases);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
