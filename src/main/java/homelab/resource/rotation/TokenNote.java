package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.Optional;

/**
 * That a change of the token is through on the server where it began. Until then the token of before lies there, so that
 * the next run goes on with the change, and a k3s that broke off in its midst can still be brought back with it.
 */
public record TokenNote() implements Resource {
    static final String FILE = "/var/lib/homelab/token-before";

    /** SHA-256 of the token of before, where a change is under way. */
    public static final Probe<Optional<String>> PROBE = Probe.of(
            "token of before",
            "[ -s " + FILE + " ] || exit 0; printf %s \"$(cat " + FILE + ")\" | sha256sum | cut -c 1-64",
            answer -> Optional.of(answer.text().strip()).filter(sum -> sum.matches("[0-9a-f]{64}")));

    @Override
    public String id() {
        return "note of the token's change";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(PROBE),
                before -> before.isEmpty() ? Status.SAME : Status.drift(Worst.CHANGE, FILE, "kept", "absent"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("rm -f " + FILE + "\n");
    }
}
