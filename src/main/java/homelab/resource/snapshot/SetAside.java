package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * The data of a server that is to join the restored one anew: moved, never deleted (docs.k3s.io, "etcd-snapshot", says
 * rm -rf of all of db, where the server's own snapshots lie too).
 *
 * @param snapshot its name
 */
public record SetAside(String snapshot) implements Resource {

    @Override
    public String id() {
        return "etcd's data of before";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(RestoreStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(RestoreStage.PROBE),
                is -> is.is(snapshot, RestoreStage.Step.ASIDE)
                        ? Status.SAME
                        : Status.drift(
                                Worst.REPLACE,
                                "/var/lib/rancher/k3s/server/db/etcd",
                                "in use",
                                "beside it, as etcd-old-…"));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -eu
                if [ "$(systemctl is-active k3s)" = active ]; then echo 'k3s runs' >&2; exit 1; fi
                cd /var/lib/rancher/k3s/server/db
                if [ -d etcd ]; then mv etcd "etcd-old-$(date +%s)"; fi
                """ + RestoreStage.Step.ASIDE.written(snapshot), Duration.ofMinutes(1));
    }
}
