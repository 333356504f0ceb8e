package homelab.plan;

import homelab.resource.Status;
import java.util.List;

/**
 * A step and how it stood when it was looked at.
 *
 * @param kept what others made beside it and what stays as it is, a line each
 */
public record Planned(Step step, Status status, List<String> kept) {

    public Planned {
        kept = List.copyOf(kept);
    }

    public Planned(Step step, Status status) {
        this(step, status, List.of());
    }

    public boolean toDo() {
        return status instanceof Status.Drift || status instanceof Status.Waits || status instanceof Status.Refused;
    }
}
