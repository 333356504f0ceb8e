package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** All servers say that they have the same keys and are at the same stage: without that k3s refuses the next one. */
public record EncryptionAgreed() implements Resource {

    @Override
    public String id() {
        return "keys of all servers";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(Encryption.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(Encryption.PROBE),
                is -> is.agrees() ? Status.SAME : Status.drift(Worst.WAIT, id(), is.disagreement(), "the same"));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(3);
    }
}
