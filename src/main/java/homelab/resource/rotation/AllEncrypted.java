package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** Every Secret in etcd is under the key that writes; those that were written before are written anew. */
public record AllEncrypted() implements Resource {

    @Override
    public String id() {
        return "Secrets in etcd";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(SecretsHeld.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(SecretsHeld.PROBE),
                held -> held.isWhole()
                        ? Status.SAME
                        : Status.drift(
                                Worst.CHANGE,
                                id(),
                                held.active() + " of " + held.all() + " under the key",
                                "all under the key"));
    }

    /** Forced, since k3s knows this as a stage of a rotation; skipping the removal of the key (docs.k3s.io). */
    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -eu
                said=$(/usr/local/bin/k3s secrets-encrypt reencrypt --force --skip 2>&1) || {
                  echo "$said" | tail -n 4 >&2; exit 1; }
                """, Duration.ofMinutes(2));
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(30);
    }
}
