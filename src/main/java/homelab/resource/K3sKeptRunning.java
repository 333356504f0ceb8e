package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** A service that is taken over while it runs, since what it was started with is as good as what is wanted. */
public record K3sKeptRunning(K3sService inner) implements Wrapped {

    private Probe<Boolean> others() {
        return K3sAdoption.others(inner.unit());
    }

    @Override
    public List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>(inner.probes());
        probes.add(others());
        return probes;
    }

    /** Before it is taken over, its being another's is no reason to restart it; afterwards there must be none. */
    @Override
    public Status status(Readings readings) {
        Status status = inner.status(readings);
        if (!(status instanceof Status.Drift drift) || drift.worst() != Worst.RESTART) {
            return status;
        }
        if (!readings.of(others()).known().orElse(false)) {
            return new Status.Refused(Problem.of(
                    inner.unit() + " was taken over and would be restarted after all",
                    drift.changes().get(0).before() + " was seen where none was expected",
                    "homelab bootstrap again: it plans the restart"));
        }
        List<Change> rest = drift.changes().stream()
                .filter(change -> !change.what().equals("k3s runs with"))
                .toList();
        return rest.isEmpty() ? Status.SAME : new Status.Drift(rest, Worst.CHANGE);
    }
}
