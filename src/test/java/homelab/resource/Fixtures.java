package homelab.resource;

import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.Map;

/** Readings that many tests need. */
final class Fixtures {
    private Fixtures() {}

    static Readings container(boolean is) {
        return new Readings(Map.of(Container.PROBE.id(), new Reading.Known<>(is)));
    }
}
