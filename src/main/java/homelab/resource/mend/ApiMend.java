package homelab.resource.mend;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * Something of the API that is set right on a server. The look stands before the deed too: what has changed since it was
 * decided is not done.
 *
 * @param id for people
 * @param change what it is, and what it becomes
 * @param look sh that ends with 0 when it is so, with 10 when it is not, else with why it could not be seen
 * @param script sh that makes it so
 * @param patience how long that may take
 */
public record ApiMend(String id, Change change, Worst worst, String look, String script, Duration patience)
        implements Resource {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NOT_SO = 10;

    private Probe<Boolean> probe() {
        return new Probe<>("mend:" + id, Probe.LIFTED + look, LIMIT, ApiMend::isSo);
    }

    private static boolean isSo(Answer answer) {
        if (!answer.ok() && answer.exit() != NOT_SO) {
            throw new IllegalStateException("the API did not tell");
        }
        return answer.ok();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), so -> so ? Status.SAME : new Status.Drift(List.of(change), worst));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(script, LIMIT.multipliedBy(2));
    }
}
