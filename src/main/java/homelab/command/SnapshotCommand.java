package homelab.command;

import homelab.problem.Exit;
import homelab.snapshot.Place;
import java.util.Optional;
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
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            description = "list, save, check, pull, push, delete, restore or drill.")
    private SnapshotDeed deed = SnapshotDeed.list;

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
        SnapshotAsk ask = new SnapshotAsk(deed, snapshot, words, places, common.json(), dryRun);
        ask.refuseWrongWords(io);
        try (Job job = open(ask)) {
            Optional<Place> from = places.from(job.cluster(), io);
            return from.isPresent()
                    ? new SnapshotsInPlace(io, job, ask, SnapshotAway.at(io, job, from.get(), places.identity())).call()
                    : new SnapshotsOnServers(io, job, ask).call();
        }
    }

    /** Only what starts k3s again needs to know its release. */
    private Job open(SnapshotAsk ask) {
        return deed == SnapshotDeed.restore
                ? Job.open(io, common, "snapshot", cluster -> ask.needed(cluster, io))
                : Job.withoutReleases(io, common, "snapshot", cluster -> ask.needed(cluster, io));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
