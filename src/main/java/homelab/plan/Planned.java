package homelab.plan;

import homelab.resource.Status;

/** A step and how it stood when it was looked at. */
public record Planned(Step step, Status status) {

    public boolean toDo() {
        return status instanceof Status.Drift || status instanceof Status.Waits || status instanceof Status.Refused;
    }
}
