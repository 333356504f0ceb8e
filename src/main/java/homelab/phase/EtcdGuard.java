package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.problem.Problem;
import homelab.resource.datastore.MoveStage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What speaks against moving the data of k3s from SQLite to etcd as things stand.
 *
 * @param server whose k3s moves them
 * @param is how far they are
 */
public record EtcdGuard(Site site, Node server, MoveStage is) {

    /** The server that keeps the cluster's data in SQLite, if one does. */
    public static Optional<Node> onSqlite(Site site) {
        return site.cluster().servers().stream()
                .filter(server -> site.k3sOf(server)
                        .map(K3sState::datastore)
                        .filter("sqlite"::equals)
                        .isPresent())
                .findFirst();
    }

    public List<Problem> against() {
        return Stream.of(several(), others(), elsewhere(), silent(), space())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Problem> several() {
        return told(
                site.cluster().servers().size() > 1 && !is.isDone(),
                "the inventory has " + site.cluster().servers().size() + " servers",
                "SQLite has its data on one, and the others could not have joined it",
                "leave " + server.name() + " alone as a server, move, and let the others join then");
    }

    private Optional<Problem> others() {
        return told(
                site.takeover().on(server.name()).isPresent(),
                server.name() + " has a k3s that others installed, or it could not be seen whether",
                "what it is started with is not homelab's to change",
                "homelab bootstrap --adopt first");
    }

    /** With neither here and an API that answers all the same. */
    private Optional<Problem> elsewhere() {
        Optional<K3sState> k3s = site.k3sOf(server);
        boolean answers = k3s.filter(K3sState::apiReady).isPresent();
        return told(
                !is.sqlite() && !is.etcd(),
                server.name() + (answers ? " keeps its data in neither SQLite nor etcd" : " has no data of k3s"),
                answers
                        ? "a data store of others (datastore-endpoint) is not homelab's to move"
                        : "there is nothing to be moved",
                answers ? "docs.k3s.io tells what k3s does with it" : "homelab bootstrap");
    }

    /** What is in the cluster can only be listed while it answers; one that is on its way may be silent. */
    private Optional<Problem> silent() {
        return told(
                is.isBefore() && site.k3sOf(server).filter(K3sState::apiReady).isEmpty(),
                server.name() + ": does not answer as a server",
                "what is in the cluster is to be listed before, and found again after the move",
                "bring it back first: homelab status tells what is down");
    }

    private Optional<Problem> space() {
        return told(
                is.sqlite() && is.free() < is.needs(),
                server.name() + ": too little space for a copy of SQLite's file and for etcd",
                String.format(
                        Locale.ROOT,
                        "%.0f MB are free where %.0f MB are needed: SQLite has %.1f MB",
                        is.free() / 1e6,
                        is.needs() / 1e6,
                        is.bytes() / 1e6),
                "make room on " + server.name() + " (df -h /var/lib)");
    }

    private static Optional<Problem> told(boolean so, String what, String why, String fix) {
        return so ? Optional.of(Problem.of(what, why, fix)) : Optional.empty();
    }
}
