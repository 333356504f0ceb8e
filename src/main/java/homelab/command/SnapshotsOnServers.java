package homelab.command;

import homelab.model.Node;
import homelab.phase.DrillPhases;
import homelab.phase.EtcdGuard;
import homelab.phase.SnapshotPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.snapshot.Copy;
import homelab.snapshot.Integrity;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done with the snapshots that lie on servers. */
record SnapshotsOnServers(Io io, Job job, SnapshotAsk ask) {

    Exit call() {
        refuseWithoutEtcd();
        SnapshotShelf shelf = new SnapshotShelf(job);
        return switch (ask.deed()) {
            case list -> tell().show(shelf.all(), Map.of(), tell().stores().all());
            case check -> check(shelf.chosen(ask.snapshot()));
            case save -> save(shelf);
            case pull ->
                new SnapshotPull(io, job, tell().stores())
                        .bring(
                                shelf.chosen(ask.snapshot()),
                                tell().to(),
                                ask.places().recipients());
            case push -> push();
            case delete -> tell().carry(SnapshotPhases.delete(shelf.named(ask.wanted())));
            case restore -> tell().restore(shelf.named(ask.wanted()));
            case drill -> ask.words().every().isPresent() ? timer() : drill(shelf.chosen(ask.snapshot()));
        };
    }

    private SnapshotTell tell() {
        return new SnapshotTell(io, job, ask);
    }

    /** k3s keeps a single server's memory in SQLite unless told otherwise, and then knows no snapshots. */
    private void refuseWithoutEtcd() {
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

    private Exit check(Taken one) {
        Map<Taken, Integrity> looked = new SnapshotShelf(job).look(List.of(one));
        SnapshotStores stores = tell().stores();
        List<Copy> copies = stores.of(stores.usual()).copies().stream()
                .filter(copy -> copy.name().equals(one.name()))
                .toList();
        Exit shown = tell().show(List.of(one), looked, copies);
        return looked.containsValue(Integrity.BROKEN) ? Exit.FAILED : shown;
    }

    /** The one that is named, or the one that answers. */
    private Node server() {
        return ask.words().node(job.cluster()).orElseGet(job::leader);
    }

    private Exit save(SnapshotShelf shelf) {
        Node server = server();
        Set<String> before = shelf.all().stream().map(Taken::name).collect(Collectors.toSet());
        String name = SnapshotWords.fresh(ask.snapshot(), job.time().now());
        return tell().carry(SnapshotPhases.save(job.cluster(), server, name, before));
    }

    private Exit push() {
        Node server = server();
        Path path = Path.of(ask.wanted());
        try (SnapshotFile file =
                SnapshotFile.open(io, job.cluster().name(), path, ask.places().identity())) {
            return new SnapshotPush(io, job).tell(file, server);
        }
    }

    /** A server drills what lies on itself. */
    private Exit timer() {
        String every = ask.words().every().orElseThrow().name();
        return tell().carry(DrillPhases.of(job.cluster(), server(), every));
    }

    private Exit drill(Taken one) {
        Node node = ask.words()
                .node(job.cluster())
                .orElseGet(() -> job.cluster().node(one.server()).orElseGet(job::leader));
        return new SnapshotDrill(io, job).run(one, node, ask.json());
    }
}
