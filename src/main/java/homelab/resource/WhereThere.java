package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that matters only where a program is installed, such as the configuration of a daemon that not every
 * distribution brings along.
 *
 * @param program absolute path
 */
public record WhereThere(String program, Resource inner) implements Wrapped {

    private Probe<Boolean> there() {
        return Probe.yes("there:" + program, "[ -x " + Sh.quote(program) + " ]");
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
}
