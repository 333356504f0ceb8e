package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** k3s's settings say that Secrets are to be encrypted, after it was disabled with {@code k3s secrets-encrypt disable}. */
public record EncryptionOn() implements Resource {

    @Override
    public String id() {
        return "encryption of Secrets";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(Encryption.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(Encryption.PROBE),
                is -> is.isOn() ? Status.SAME : Status.drift(Worst.CHANGE, id(), "disabled", "enabled"));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -eu
                said=$(/usr/local/bin/k3s secrets-encrypt enable 2>&1) || { echo "$said" | tail -n 4 >&2; exit 1; }
                """, Duration.ofMinutes(2));
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(30);
    }
}
