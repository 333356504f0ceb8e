package homelab.resource.snapshot;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.util.List;

/**
 * Every snapshot on a server has the token of its time beside it, those too that k3s took by itself. To be so before the
 * token changes: "snapshots taken before the rotation will require the old server token" (docs.k3s.io, "k3s token").
 *
 * @param cluster its name in the inventory
 */
public record LaidBeside(String cluster, NodeName server, String folder) implements Resource {

    @Override
    public String id() {
        return "token beside snapshots";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(SnapshotLook.on(server, folder));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(SnapshotLook.on(server, folder)), LaidBeside::judged);
    }

    private static Status judged(List<Taken> all) {
        long without = all.stream().filter(one -> one.about().isEmpty()).count();
        return without == 0
                ? Status.SAME
                : Status.drift(
                        Worst.CREATE, "snapshots of etcd", without + " without the token of their time", "all with it");
    }

    @Override
    public Deed deed() {
        return new Deed.Shell("set -eu\n" + Beside.laying(cluster, folder) + """
                cd "$dir"
                for file in *; do
                  if [ ! -s "$file" ] || [ -e "$beside/$file/about" ]; then continue; fi
                  case $file in *.part) continue ;; esac
                  lay "$file" ''
                done
                """, Duration.ofMinutes(2));
    }
}
