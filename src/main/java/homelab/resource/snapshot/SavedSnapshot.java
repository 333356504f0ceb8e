package homelab.resource.snapshot;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.EtcdMembers;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.Integrity;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A snapshot of etcd on a server's disk, and beside it what it takes to make a cluster of it again: the token, without
 * which nobody can read the keys in it (docs.k3s.io, "k3s token"), TLS files and settings. One that has them is whole:
 * they are laid down last.
 *
 * @param cluster its name in the inventory
 * @param name without what k3s puts behind it, the node and the second
 * @param folder where k3s puts it
 * @param before names of those that are there already: another of the same name is taken beside them
 */
public record SavedSnapshot(String cluster, NodeName server, String name, String folder, Set<String> before)
        implements Resource {

    public SavedSnapshot {
        before = Set.copyOf(before);
    }

    /** etcd's gRPC gateway: all keys are from the byte 0 to the byte 0 (etcd 3.5, API, "Range"). */
    private static final String COUNT = EtcdMembers.ASK_BY + """
            ask() {
              curl -sf -m 8 --noproxy '*' --cacert server-ca.crt --cert client.crt --key client.key \
                -d '{"key":"AA==","range_end":"AA==","count_only":true}' "https://127.0.0.1:$1/v3/kv/range"
            }
            { ask 2382 || ask 2379; } 2>/dev/null |
              sed -n 's/.*"revision":"\\([0-9]*\\)".*"count":"\\([0-9]*\\)".*/revision \\1\\nkeys \\2/p'
            """;

    @Override
    public String id() {
        return "snapshot " + name;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(SnapshotLook.on(server, folder));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(SnapshotLook.on(server, folder)),
                all -> all.stream().anyMatch(this::isThis)
                        ? Status.SAME
                        : new Status.Drift(
                                List.of(new Change("snapshot of etcd", "absent", "in " + folder)), Worst.CREATE));
    }

    private boolean isThis(Taken snapshot) {
        return snapshot.name().startsWith(name + "-")
                && snapshot.about().isPresent()
                && !before.contains(snapshot.name());
    }

    /** As much room as the data take now, and 100 MiB for etcd itself, which stops when the disk is full. */
    @Override
    public Deed deed() {
        return new Deed.Shell(
                """
                set -eu
                %1$s
                mkdir -p -m 700 "$dir"
                data=$(stat -c %%s $server/db/etcd/member/snap/db)
                need=$((data / 1024 + 102400)) free=$(df -Pk "$dir" | awk 'NR == 2 {print $4}')
                if [ "$free" -lt "$need" ]; then
                  echo "$((free / 1024)) MiB are free in $dir, and $((need / 1024)) MiB are needed" >&2; exit 1
                fi
                held=$( (
                %2$s
                ) || :)
                said=$(/usr/local/bin/k3s etcd-snapshot save --name %3$s 2>&1) || { echo "$said" | tail -n 4 >&2; exit 1; }
                file=$(cd "$dir" && ls -t | grep -F -e %4$s | grep -v '\\.part$' | head -n 1)
                if [ -z "$file" ]; then echo "k3s says that it saved one, and there is none in $dir: $said" >&2; exit 1; fi
                %5$s
                case $file in *.zip) ;; *) whole "$dir/$file" || { echo "$dir/$file is not whole" >&2; exit 1; } ;; esac
                lay "$file" "$held"
                """.formatted(
                        Beside.laying(cluster, folder), COUNT, Sh.quote(name), Sh.quote(name + "-"), Integrity.SH),
                Duration.ofMinutes(5));
    }
}
