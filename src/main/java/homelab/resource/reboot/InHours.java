package homelab.resource.reboot;

import homelab.model.Hours;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Supplier;

/**
 * It is the time at which the user wants a node to be away. What has begun is brought to its end; the next is not begun.
 *
 * @param clock the user's, on the wall
 */
public record InHours(Hours hours, Supplier<LocalTime> clock) implements Resource {

    @Override
    public String id() {
        return "hours " + hours;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of();
    }

    @Override
    public Status status(Readings readings) {
        LocalTime now = clock.get();
        return hours.contains(now)
                ? Status.SAME
                : new Status.Refused(Problem.of(
                        "no further node is begun outside of " + hours,
                        "it is " + now.withSecond(0).withNano(0),
                        "the same command within these hours goes on with what is left"));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
