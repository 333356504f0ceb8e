package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;

/** A resource that nobody needs to look at to know how it stands: it waits for something, or cannot be had here. */
public record Foretold(String id, Status status) implements Resource {

    public static Foretold waits(String id, String until, Worst worst) {
        return new Foretold(id, new Status.Waits(until, worst));
    }

    public static Foretold unknown(String id, String why) {
        return new Foretold(id, new Status.Unknown(why));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of();
    }

    @Override
    public Status status(Readings readings) {
        return status;
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
