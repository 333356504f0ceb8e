package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that should be so. A record, so that two plans can be compared. It holds no host and does nothing. */
public interface Resource {

    /** Unique per target, for people: {@code file /etc/rancher/k3s/config.yaml}. */
    String id();

    /** How to look. Resources may share a probe; it is then asked once. */
    List<Probe<?>> probes();

    /**
     * Further probes that follow from what the first have told, asked in a second round trip: the objects that a release
     * names. None for most.
     *
     * @param first what {@link #probes} have told
     */
    default List<Probe<?>> then(Readings first) {
        return List.of();
    }

    /** What the answers mean. */
    Status status(Readings readings);

    /** What others made beside it and what stays as it is, a line each, for people to see: a firewall rule of theirs. */
    default List<String> kept(Readings readings) {
        return List.of();
    }

    Deed deed();

    /** How long after the deed it may take to be so; asked again until then. Zero: at once. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /**
     * How long a refusal may last that the plan did not have, before it ends the run: what others do may pass by itself.
     * Zero: it ends the run at once.
     */
    default Duration relents() {
        return Duration.ZERO;
    }

    /** Asked now and then while it is waited for: a text of one of them says why waiting longer is in vain. */
    default List<Probe<Optional<String>>> vain() {
        return List.of();
    }

    /** Asked when patience has run out; its text (journal lines, say) becomes the failure's reason. */
    default Optional<Probe<String>> diagnosis() {
        return Optional.empty();
    }
}
