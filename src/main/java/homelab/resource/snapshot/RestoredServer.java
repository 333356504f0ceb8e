package homelab.resource.snapshot;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.util.List;

/**
 * A server whose data are those of a snapshot and who is etcd's only member. k3s does it, keeps the data of before beside
 * as etcd-old-…, and ends (docs.k3s.io, "etcd-snapshot"). It refuses as long as its settings name a server to join (k3s
 * 1.28.2, issue 8488), so it is given a copy of them that names none. What it left half is begun again.
 */
public record RestoredServer(Taken snapshot) implements Resource {

    @Override
    public String id() {
        return "etcd from " + snapshot.name();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(RestoreStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(RestoreStage.PROBE),
                is -> is.is(snapshot.name(), RestoreStage.Step.RESTORED)
                        ? Status.SAME
                        : Status.drift(Worst.REPLACE, "etcd's data", "those of now, if any", "those of the snapshot"));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                """
                set -eu
                case $(systemctl is-active k3s) in active|activating) echo 'k3s runs' >&2; exit 1 ;; esac
                etc=/run/homelab/restore
                rm -rf $etc; mkdir -p -m 700 $etc/config.yaml.d
                grep -v '^server:' /etc/rancher/k3s/config.yaml >$etc/config.yaml || :
                for file in /etc/rancher/k3s/config.yaml.d/*.yaml; do
                  if [ -f "$file" ]; then grep -v '^server:' "$file" >"$etc/config.yaml.d/${file##*/}" || :; fi
                done
                rm -f /var/lib/rancher/k3s/server/db/reset-flag
                said=$(timeout -k 10 240 /usr/local/bin/k3s server --config $etc/config.yaml --etcd-s3=false \\
                  --cluster-reset --cluster-reset-restore-path=%s 2>&1) || {
                  echo "$said" | grep -v '^{' | tail -n 6 >&2; exit 1; }
                rm -rf $etc
                """.formatted(Sh.quote(snapshot.path())) + RestoreStage.Step.RESTORED.written(snapshot.name()),
                Duration.ofMinutes(5));
    }
}
