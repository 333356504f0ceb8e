package homelab.command;

import homelab.model.Node;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A snapshot of etcd to be taken before a server is touched, unless a young one is there.
 *
 * @param leader who takes it
 */
record FreshSnapshot(Job job, Node leader, String name) {
    /** No older, so that what a server's bad boot costs is little (k3s itself takes one twice a day). */
    private static final Duration FRESH = Duration.ofHours(1);

    /** Empty where nothing is kept in etcd, too. */
    Optional<SavedSnapshot> unlessThere() {
        boolean etcd = job.workshop()
                .site()
                .k3sOf(leader)
                .filter(k3s -> k3s.datastore().equals("etcd"))
                .isPresent();
        if (!etcd) {
            return Optional.empty();
        }
        Instant now = job.time().now();
        List<Taken> there = new SnapshotShelf(job).all();
        boolean fresh =
                there.stream().anyMatch(one -> Duration.between(one.at(), now).compareTo(FRESH) < 0);
        Set<String> names = there.stream().map(Taken::name).collect(Collectors.toSet());
        return fresh
                ? Optional.empty()
                : Optional.of(new SavedSnapshot(
                        job.cluster().name(), leader.name(), name, SnapshotLook.folder(job.cluster()), names));
    }
}
