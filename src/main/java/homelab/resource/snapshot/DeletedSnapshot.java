package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.util.List;

/** A snapshot that is no longer there, nor what was laid beside it. k3s deletes it, so that its list is right too. */
public record DeletedSnapshot(Taken snapshot) implements Resource {

    @Override
    public String id() {
        return "snapshot " + snapshot.name();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(SnapshotLook.on(snapshot.server(), snapshot.place()));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(SnapshotLook.on(snapshot.server(), snapshot.place())),
                all -> all.stream().noneMatch(one -> one.name().equals(snapshot.name()))
                        ? Status.SAME
                        : Status.drift(Worst.DELETE, snapshot.path(), "of " + snapshot.at(), "absent"));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                """
                set -eu
                said=$(/usr/local/bin/k3s etcd-snapshot delete %1$s 2>&1) || {
                  if [ -e %2$s ]; then echo "$said" | tail -n 4 >&2; exit 1; fi; }
                rm -rf %3$s
                """.formatted(
                                Sh.quote(snapshot.name()),
                                Sh.quote(snapshot.path()),
                                Sh.quote(SnapshotLook.BESIDE + "/" + snapshot.name())),
                Duration.ofMinutes(1));
    }
}
