package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.snapshot.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that was typed behind {@code homelab snapshot}.
 *
 * @param snapshot its name or how that begins, or a file
 */
record SnapshotAsk(
        SnapshotDeed deed,
        Optional<String> snapshot,
        SnapshotWords words,
        SnapshotPlaces places,
        boolean json,
        boolean dryRun) {

    /** Before any host is reached. @throws homelab.problem.Failure with exit USAGE */
    void refuseWrongWords(Io io) {
        refuseDiscord();
        places.refuseDiscord(deed == SnapshotDeed.pull, deed == SnapshotDeed.save);
        if (deed == SnapshotDeed.save) {
            SnapshotWords.fresh(snapshot, Instant.EPOCH);
        } else if (isOfFile()) {
            SnapshotFile.refuseNone(io, Path.of(wanted()));
        } else if (deed.names()) {
            wanted();
        }
    }

    private void refuseDiscord() {
        boolean drills = deed == SnapshotDeed.drill;
        boolean timed = words.every().isPresent();
        new Discord()
                .when(timed && !drills, "--every is for drill", "homelab snapshot drill --every weekly")
                .when(
                        timed && snapshot.isPresent(),
                        "a timer drills the newest snapshot of its time",
                        "leave out its name")
                .when(dryRun && drills && !timed, "a drill changes nothing that stays", "leave out --dry-run")
                .refuse();
    }

    private boolean isOfFile() {
        return deed == SnapshotDeed.push && !places.isFrom();
    }

    String wanted() {
        return SnapshotWords.wanted(snapshot, deed.name(), isOfFile() ? "FILE" : "NAME");
    }

    /** Nodes that must answer, or be known not to. @throws homelab.problem.Failure with exit USAGE for an unknown name */
    List<Node> needed(Cluster cluster, Io io) {
        words.refuseUnknown(cluster, deed == SnapshotDeed.drill && words.every().isEmpty());
        Set<Node> needed = new LinkedHashSet<>();
        if (deed == SnapshotDeed.restore || deed == SnapshotDeed.list && !places.isFrom()) {
            needed.addAll(cluster.nodes());
        } else if (!places.isFrom() || !deed.isOfCopies()) {
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
}
