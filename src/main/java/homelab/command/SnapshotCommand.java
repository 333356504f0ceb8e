package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.DrillPhases;
import homelab.phase.EtcdGuard;
import homelab.phase.Phase;
import homelab.phase.SnapshotPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.SnapshotText;
import homelab.snapshot.Copy;
import homelab.snapshot.Integrity;
import homelab.snapshot.Place;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code homelab snapshot}: the cluster's memory, kept, brought away and put back. */
@CommandLine.Command(
        name = "snapshot",
        description = {
            "Keeps the cluster's memory, etcd, in a file, and beside it the token without which it is of no use.",
            "list and check touch nothing, save takes one now, pull brings one here or to another node, sealed with",
            "age, push lays that on a server again. restore makes the cluster what it was then: it tells what is forgotten, and",
            "asks for the cluster's name. drill restores one into a place of its own, reads it back and throws it away."
        },
        footer = {
            "",
            "Examples:",
            "  homelab snapshot save -i inventory/two-pis.yaml",
            "  homelab snapshot list",
            "  homelab snapshot check                 # reads the newest to its end",
            "  homelab snapshot drill                 # does the newest give a cluster back?",
            "  homelab snapshot drill --every weekly  # a timer on the server asks; doctor tells when it fails",
            "  homelab snapshot pull                  # the newest, to ~/.local/share/homelab/CLUSTER/snapshots",
            "  homelab snapshot pull --to ultron:/srv/snapshots   # sealed, to another node's disk",
            "  homelab snapshot drill --from ultron:/srv/snapshots",
            "  homelab snapshot pull --to s3://bucket/two-pis     # to the storage of k3s.snapshots.s3",
            "  homelab snapshot push FILE             # onto the server that is named in it, or with --node NODE",
            "  homelab snapshot restore NAME --dry-run",
            "  homelab snapshot restore NAME --cluster two-pis    # in a script: the name, instead of typing it"
        })
final class SnapshotCommand implements Command {
    /** What is done. */
    enum Deed {
        list,
        save,
        check,
        pull,
        push,
        delete,
        restore,
        drill
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            description = "list, save, check, pull, push, delete, restore or drill.")
    private Deed deed = Deed.list;

    @CommandLine.Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SNAPSHOT",
            hideParamSyntax = true,
            description =
                    "Its name or how that begins; with push a file, unless --from says where. Without it the newest, where nothing is lost by it.")
    private Optional<String> snapshot = Optional.empty();

    @CommandLine.Mixin
    private final SnapshotWords words = new SnapshotWords();

    @CommandLine.Mixin
    private final SnapshotPlaces places = new SnapshotPlaces();

    @CommandLine.Option(
            names = "--dry-run",
            description = "With save, delete, restore and drill --every: show what would be done and do nothing.")
    private boolean dryRun;

    private final Io io;

    SnapshotCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        refuseWrongWords();
        try (Job job = open()) {
            Optional<SnapshotAway> away =
                    places.from(job.cluster(), io).map(place -> SnapshotAway.at(io, job, place, places.identity()));
            return away.isPresent() ? withCopy(job, away.get()) : onServers(job);
        }
    }

    private Exit onServers(Job job) {
        refuseWithoutEtcd(job);
        SnapshotShelf shelf = new SnapshotShelf(job);
        return switch (deed) {
            case list -> show(job, shelf.all(), Map.of(), stores(job).all());
            case check -> check(job, shelf.chosen(snapshot));
            case save -> save(job);
            case pull ->
                new SnapshotPull(io, job, stores(job)).bring(shelf.chosen(snapshot), to(job), places.recipients());
            case push -> push(job);
            case delete -> carry(job, SnapshotPhases.delete(shelf.named(wanted())));
            case restore -> restore(job, shelf.named(wanted()));
            case drill -> drill(job, shelf);
        };
    }

    /** With a sealed copy that lies away. */
    private Exit withCopy(Job job, SnapshotAway away) {
        return switch (deed) {
            case list -> show(job, List.of(), Map.of(), away.copies());
            case check -> checked(job, away.checked(snapshot));
            case pull -> away.bring(snapshot, to(job));
            case delete -> away.delete(wanted(), words.consent(job.cluster()), dryRun);
            case restore -> restore(job, away.onServer(wanted(), server(job), dryRun));
            case push -> {
                try (SnapshotFile file = away.opened(away.chosen(Optional.of(wanted())))) {
                    yield new SnapshotPush(io, job).tell(file, server(job));
                }
            }
            default -> {
                try (SnapshotFile file = away.opened(away.chosen(snapshot))) {
                    yield new SnapshotDrill(io, job).run(file, server(job), common.json());
                }
            }
        };
    }

    private Exit checked(Job job, Copy copy) {
        Exit shown = show(job, List.of(), Map.of(), List.of(copy));
        io.err()
                .println(
                        copy.note().isPresent()
                                ? "read to its end: it is what was written"
                                : "no sum lies beside it: a drill tells whether it is whole");
        return shown;
    }

    private SnapshotStores stores(Job job) {
        return new SnapshotStores(io, job);
    }

    private Place to(Job job) {
        return places.to(job.cluster(), io).orElseGet(stores(job)::usual);
    }

    /** The one that is named, or whose API answers, or any: of a cluster that does not live one is restored too. */
    private Node server(Job job) {
        return words.node(job.cluster())
                .or(() -> job.workshop().site().leader())
                .or(() ->
                        job.workshop().reached().stream().filter(Node::isServer).findFirst())
                .orElseGet(job::leader);
    }

    /** Before any host is reached. */
    private void refuseWrongWords() {
        new Discord()
                .when(
                        words.every().isPresent() && deed != Deed.drill,
                        "--every is for drill",
                        "homelab snapshot drill --every weekly")
                .when(
                        words.every().isPresent() && snapshot.isPresent(),
                        "a timer drills the newest snapshot of its time",
                        "leave out its name")
                .when(
                        dryRun && deed == Deed.drill && words.every().isEmpty(),
                        "a drill changes nothing that stays",
                        "leave out --dry-run")
                .refuse();
        places.refuseDiscord(deed == Deed.pull, deed == Deed.save);
        if (deed == Deed.save) {
            SnapshotWords.fresh(snapshot, Instant.EPOCH);
        } else if (deed == Deed.push && !places.isFrom()) {
            SnapshotFile.refuseNone(io, Path.of(wanted()));
        } else if (List.of(Deed.push, Deed.delete, Deed.restore).contains(deed)) {
            wanted();
        }
    }

    private String wanted() {
        return SnapshotWords.wanted(snapshot, deed.name(), deed == Deed.push && !places.isFrom() ? "FILE" : "NAME");
    }

    /** Only what starts k3s again needs to know its release, and all nodes. */
    private Job open() {
        return deed == Deed.restore
                ? Job.open(io, common, "snapshot", this::needed)
                : Job.withoutReleases(io, common, "snapshot", this::needed);
    }

    private List<Node> needed(Cluster cluster) {
        words.refuseUnknown(cluster, deed == Deed.drill && words.every().isEmpty());
        Set<Node> needed = new LinkedHashSet<>();
        if (deed == Deed.restore || deed == Deed.list && !places.isFrom()) {
            needed.addAll(cluster.nodes());
        } else if (!places.isFrom()
                || !List.of(Deed.list, Deed.check, Deed.pull, Deed.delete).contains(deed)) {
            needed.addAll(cluster.servers());
        }
        words.node(cluster).ifPresent(needed::add);
        Stream.of(places.from(cluster, io), places.to(cluster, io))
                .flatMap(Optional::stream)
                .flatMap(place ->
                        place instanceof Place.OnNode there ? cluster.node(there.node()).stream() : Stream.empty())
                .forEach(needed::add);
        return List.copyOf(needed);
    }

    /** k3s keeps a single server's memory in SQLite unless told otherwise, and then knows no snapshots. */
    private void refuseWithoutEtcd(Job job) {
        EtcdGuard.onSqlite(job.workshop().site()).ifPresent(server -> {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "this cluster keeps its memory in SQLite, of which k3s takes no snapshots",
                            "k3s of " + server.name() + " was founded without cluster-init",
                            "homelab promote " + server.name() + " --to-etcd moves it to etcd; or copy server/db and"
                                    + " server/token while k3s is stopped"));
        });
    }

    private Exit show(Job job, List<Taken> all, Map<Taken, Integrity> looked, List<Copy> copies) {
        job.quiet();
        job.tellUnreachable();
        boolean whole = job.workshop().fleet().unreachable().isEmpty();
        if (all.isEmpty() && copies.isEmpty() && !whole) {
            return Exit.BLIND; // that there is none is more than was seen
        }
        io.out()
                .print(
                        common.json()
                                ? SnapshotText.json(all, looked, copies)
                                : new SnapshotText(io.outTerminal(), job.time().now(), copies).of(all, looked));
        return whole ? Exit.DONE : Exit.BLIND;
    }

    private Exit check(Job job, Taken one) {
        Map<Taken, Integrity> looked = new SnapshotShelf(job).look(List.of(one));
        List<Copy> copies = stores(job).of(stores(job).usual()).copies().stream()
                .filter(copy -> copy.name().equals(one.name()))
                .toList();
        Exit shown = show(job, List.of(one), looked, copies);
        return looked.containsValue(Integrity.BROKEN) ? Exit.FAILED : shown;
    }

    private Exit save(Job job) {
        Node server = words.node(job.cluster()).orElseGet(job::leader);
        Set<String> before =
                new SnapshotShelf(job).all().stream().map(Taken::name).collect(Collectors.toSet());
        String name = SnapshotWords.fresh(snapshot, job.time().now());
        return carry(job, SnapshotPhases.save(job.cluster(), server, name, before));
    }

    private Exit push(Job job) {
        Node server = words.node(job.cluster()).orElseGet(job::leader);
        try (SnapshotFile file = SnapshotFile.open(io, job.cluster().name(), Path.of(wanted()), places.identity())) {
            return new SnapshotPush(io, job).tell(file, server);
        }
    }

    /** A server drills what lies on itself, by its timer. */
    private Exit drill(Job job, SnapshotShelf shelf) {
        if (words.every().isPresent()) {
            Node server = words.node(job.cluster()).orElseGet(job::leader);
            String every = words.every().orElseThrow().name();
            return carry(job, DrillPhases.of(job.cluster(), server, every));
        }
        Taken one = shelf.chosen(snapshot);
        Node node = words.node(job.cluster())
                .orElseGet(() -> job.cluster().node(one.server()).orElseGet(job::leader));
        return new SnapshotDrill(io, job).run(one, node, common.json());
    }

    private Exit restore(Job job, Taken one) {
        new SnapshotGuard(job, one).refuse();
        job.quiet();
        new SnapshotLoss(job, one).lines().forEach(io.err()::println);
        return carry(job, SnapshotPhases.restore(job.cluster(), one));
    }

    private Exit carry(Job job, List<Phase> phases) {
        boolean harmless = deed == Deed.save || deed == Deed.drill;
        Consent consent = harmless ? Consent.given() : words.consent(job.cluster());
        Carry carry = new Carry(io, job, consent, common.json(), "snapshot")
                .takingAway(
                        deed == Deed.restore
                                ? "homelab doctor -i " + job.inventory()
                                : "homelab snapshot list -i " + job.inventory());
        return dryRun ? carry.show(phases) : carry.out(phases);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
