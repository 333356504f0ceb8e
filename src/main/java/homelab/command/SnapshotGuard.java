package homelab.command;

import homelab.facts.K3sState;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.snapshot.About;
import homelab.snapshot.Integrity;
import homelab.snapshot.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What speaks against making the cluster what it was at a snapshot; all of it is seen before anything is stopped. */
record SnapshotGuard(Job job, Taken snapshot) {

    /** @throws Failure with exit REFUSED and all that speaks against it; with BLIND when a server does not answer */
    void refuse() {
        List<Problem> against = new ArrayList<>();
        servers().ifPresent(against::add);
        file().ifPresent(against::add);
        snapshot.about().ifPresent(about -> against.addAll(about(about)));
        if (!against.isEmpty()) {
            throw new Failure(Exit.REFUSED, against);
        }
    }

    private Optional<Problem> servers() {
        Site site = job.workshop().site();
        List<String> away = site.cluster().servers().stream()
                .filter(node -> !site.reached(node))
                .map(node -> node.name().text())
                .toList();
        return away.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        String.join(", ", away) + ": cannot be stopped, since it does not answer",
                        "a server that goes on with the data of now would be a second cluster beside the restored one",
                        "bring it back, or switch it off for good and take it out of the inventory"));
    }

    private Optional<Problem> file() {
        if (snapshot.isElsewhere()) {
            return Optional.of(Problem.of(
                    snapshot.name() + " lies in S3 and on no server",
                    "k3s restores from there with the keys of S3 on its command line, which homelab does not put there",
                    "bring it into the folder of snapshots on a server first"));
        }
        Integrity seen = new SnapshotShelf(job).look(List.of(snapshot)).get(snapshot);
        return seen == Integrity.BROKEN
                ? Optional.of(Problem.of(
                        snapshot.name() + " is not whole",
                        "the sum at its end is not of what stands before it: it broke off, or was changed after",
                        "homelab snapshot list, and another one"))
                : Optional.empty();
    }

    private List<Problem> about(About about) {
        Optional<K3sState> k3s = job.workshop().site().k3sOf(server());
        List<Problem> against = new ArrayList<>();
        if (k3s.flatMap(K3sState::caSha256).filter(ca -> !ca.equals(about.ca())).isPresent()) {
            against.add(Problem.of(
                    snapshot.name() + " is of another cluster",
                    "it was taken of '" + about.cluster() + "', whose cluster CA is not that of " + snapshot.server(),
                    "name a snapshot of this cluster: homelab snapshot list"));
        }
        boolean otherToken = k3s.flatMap(K3sState::tokenSha256)
                .filter(token -> !token.equals(about.token()))
                .isPresent();
        if (otherToken && job.cluster().k3s().token().isPresent()) {
            against.add(Problem.of(
                    snapshot.name() + " needs the token of its time",
                    "the cluster's token was changed since, and k3s.token of the inventory would change it back",
                    "let the inventory's source give the token of then, or take a newer snapshot"));
        }
        k3s.flatMap(K3sState::version)
                .filter(version -> isOlder(version, about.version()))
                .ifPresent(version -> against.add(Problem.of(
                        snapshot.name() + " is of a newer k3s",
                        "it was taken by " + about.version() + ", and " + snapshot.server() + " has " + version,
                        "k3s.version: " + about.version() + " in the inventory, then homelab bootstrap")));
        return against;
    }

    private static boolean isOlder(String version, String than) {
        try {
            return K3sVersion.parse(version).compareTo(K3sVersion.parse(than)) < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Node server() {
        return job.cluster().node(snapshot.server()).orElseThrow();
    }
}
