package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another resource in all but what the wrapping says anew: when it matters, what forbids it, what makes it hopeless. */
interface Wrapped extends Resource {
    Resource inner();

    @Override
    default String id() {
        return inner().id();
    }

    @Override
    default List<Probe<?>> probes() {
        return inner().probes();
    }

    @Override
    default List<Probe<?>> then(Readings first) {
        return inner().then(first);
    }

    @Override
    default Status status(Readings readings) {
        return inner().status(readings);
    }

    @Override
    default List<String> kept(Readings readings) {
        return inner().kept(readings);
    }

    @Override
    default Deed deed() {
        return inner().deed();
    }

    @Override
    default Duration patience() {
        return inner().patience();
    }

    @Override
    default Duration relents() {
        return inner().relents();
    }

    @Override
    default List<Probe<Optional<String>>> vain() {
        return inner().vain();
    }

    @Override
    default Optional<Probe<String>> diagnosis() {
        return inner().diagnosis();
    }
}
