package homelab.command;

import homelab.model.Node;
import homelab.problem.Exit;
import homelab.snapshot.Copy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done with the sealed copies that {@code --from} names. */
record SnapshotsInPlace(Io io, Job job, SnapshotAsk ask, SnapshotAway away) {

    Exit call() {
        return switch (ask.deed()) {
            case list -> tell().show(List.of(), Map.of(), away.copies());
            case check -> checked(away.checked(ask.snapshot()));
            case pull -> away.bring(ask.snapshot(), tell().to());
            case delete -> away.delete(ask.wanted(), ask.words().consent(job.cluster()), ask.dryRun());
            case restore -> tell().restore(away.onServer(ask.wanted(), server(), ask.dryRun()));
            case push -> push(away.chosen(Optional.of(ask.wanted())));
            case drill -> drill(away.chosen(ask.snapshot()));
            case save -> throw new IllegalStateException("refused with the words");
        };
    }

    private SnapshotTell tell() {
        return new SnapshotTell(io, job, ask);
    }

    private Exit checked(Copy copy) {
        Exit shown = tell().show(List.of(), Map.of(), List.of(copy));
        io.err()
                .println(
                        copy.note().isPresent()
                                ? "read to its end: it is what was written"
                                : "no sum lies beside it: a drill tells whether it is whole");
        return shown;
    }

    private Exit push(Copy copy) {
        try (SnapshotFile file = away.opened(copy)) {
            return new SnapshotPush(io, job).tell(file, server());
        }
    }

    private Exit drill(Copy copy) {
        try (SnapshotFile file = away.opened(copy)) {
            return new SnapshotDrill(io, job).run(file, server(), ask.json());
        }
    }

    /** The one that is named, or whose API answers, or any: of a cluster that does not live one is restored too. */
    private Node server() {
        return ask.words()
                .node(job.cluster())
                .or(() -> job.workshop().site().leader())
                .or(() ->
                        job.workshop().reached().stream().filter(Node::isServer).findFirst())
                .orElseGet(job::leader);
    }
}
