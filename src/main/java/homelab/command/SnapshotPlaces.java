package homelab.command;

import homelab.model.Cluster;
import homelab.snapshot.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where sealed copies lie or go, and for whom they are sealed, as it is typed. */
final class SnapshotPlaces {

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            description = "With pull: bring it to this folder here, this NODE, NODE:/FOLDER, or s3://BUCKET/PREFIX.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description =
                    "A sealed copy in this place is meant, named as with --to; with list, check, pull, push, delete, restore, drill.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--recipient",
            paramLabel = "KEY",
            description =
                    "With pull: seal it for this age1… key, as often as there are. Else for a key of homelab's own.")
    private List<String> recipients = new ArrayList<>();

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "With push, restore and drill: the file of the key that opens it.")
    private Optional<Path> identity = Optional.empty();

    /** @throws homelab.problem.Failure with exit USAGE when it can be none */
    Optional<Place> to(Cluster cluster, Io io) {
        return place(to, cluster, io);
    }

    /** The same of where a copy is taken from. */
    Optional<Place> from(Cluster cluster, Io io) {
        return place(from, cluster, io);
    }

    private static Optional<Place> place(Optional<String> typed, Cluster cluster, Io io) {
        Set<String> nodes = new LinkedHashSet<>();
        cluster.nodes().forEach(node -> nodes.add(node.name().text()));
        return typed.map(text -> Place.parse(text, nodes, io.folder()));
    }

    boolean isFrom() {
        return from.isPresent();
    }

    List<String> recipients() {
        return recipients;
    }

    Optional<Path> identity() {
        return identity;
    }

    /** @param pulls whether the deed is to bring one away */
    void refuseDiscord(boolean pulls, boolean saves) {
        SnapshotPull.refuseOtherThanKeys(recipients);
        new Discord()
                .when(to.isPresent() && !pulls, "--to is for pull", "homelab snapshot pull --to PLACE")
                .when(
                        !recipients.isEmpty() && !pulls,
                        "--recipient is for pull",
                        "homelab snapshot pull --recipient KEY")
                .when(
                        saves && isFrom(),
                        "a snapshot is taken on a server",
                        "homelab snapshot save, then homelab snapshot pull --to PLACE")
                .when(
                        pulls && isFrom() && !recipients.isEmpty(),
                        "a copy stays sealed for whom it is",
                        "leave out --recipient, or pull it from its server")
                .refuse();
    }
}
