package homelab.probe;

import java.util.HashMap;
import java.util.Map;

/** The readings of a round trip by probe. */
public record Readings(Map<String, Reading<?>> byId) {

    public static final Readings NONE = new Readings(Map.of());

    public Readings {
        byId = Map.copyOf(byId);
    }

    /** The reading of this very probe; Unknown when it was not asked. */
    @SuppressWarnings("unchecked") // the id names the probe, and the probe's parser made the value
    public <T> Reading<T> of(Probe<T> probe) {
        Reading<?> reading = byId.get(probe.id());
        return reading == null ? new Reading.Unknown<>("not asked") : (Reading<T>) reading;
    }

    public Readings and(Readings later) {
        Map<String, Reading<?>> all = new HashMap<>(byId);
        all.putAll(later.byId);
        return new Readings(all);
    }
}
