package homelab.resource.datastore;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.List;

/** That nothing is left of a move but the copy of SQLite's file. The script goes after the drop-in that names it. */
public record MoveOver() implements Resource {

    @Override
    public String id() {
        return "what kept the move whole";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(MoveStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(MoveStage.PROBE), MoveOver::judged);
    }

    private static Status judged(MoveStage is) {
        List<Change> changes = new ArrayList<>();
        if (is.guarded()) {
            changes.add(new Change(MoveStage.DROP_IN, "there", "absent"));
        }
        if (is.listed()) {
            changes.add(new Change(MoveStage.OBJECTS, "there", "absent"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(
                "set -eu\n[ ! -e /var/lib/rancher/k3s/server/db/state.db ]\nsync\nrm -f " + MoveStage.OBJECTS
                        + " " + MoveStage.FAILED + "\nrm -f " + MoveStage.DROP_IN + "\nsystemctl daemon-reload\nrm -f "
                        + MoveStage.SCRIPT + "\n");
    }
}
