package homelab.phase;

import homelab.adopt.Found;
import homelab.model.NodeName;
import homelab.probe.Reading;
import java.util.Map;
import java.util.Optional;

/**
 * What others installed, and whether it is to be taken over.
 *
 * @param wanted whether the user said so
 * @param found by host; empty where there is no k3s, or homelab's own
 */
public record Takeover(boolean wanted, Map<NodeName, Reading<Optional<Found>>> found) {
    public static final Takeover NONE = new Takeover(false, Map.of());

    public Takeover {
        found = Map.copyOf(found);
    }

    Optional<Reading<Optional<Found>>> on(NodeName name) {
        return Optional.ofNullable(found.get(name));
    }
}
