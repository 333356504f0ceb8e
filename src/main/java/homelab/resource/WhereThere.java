package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that matters only where a program is installed, such as the configuration of a daemon that not every
 * distribution brings along.
 *
 * @param program absolute path
 */
public record WhereThere(String program, Resource inner) implements Resource {

    private Probe<Boolean> there() {
        return Probe.yes("there:" + program, "[ -x " + Sh.quote(program) + " ]");
    }

    @Override
    public String id() {
        return inner.id();
    }

    @Override
    public List<Probe<?>> probes() {
        return Stream.concat(Stream.of(there()), inner.probes().stream()).toList();
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(there()),
                there -> there ? inner.status(readings) : new Status.NotHere("there is no " + program));
    }

    @Override
    public List<String> kept(Readings readings) {
        return inner.kept(readings);
    }

    @Override
    public Deed deed() {
        return inner.deed();
    }

    @Override
    public Duration patience() {
        return inner.patience();
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        return inner.vain();
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return inner.diagnosis();
    }
}
