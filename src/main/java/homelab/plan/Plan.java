package homelab.plan;

import homelab.problem.Problem;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All steps in their order, each with how it stands. Nothing in it has happened.
 *
 * @param findings what preflight has to say before it begins
 */
public record Plan(String cluster, List<Planned> steps, List<Finding> findings) {

    public Plan {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    public Plan(String cluster, List<Planned> steps) {
        this(cluster, steps, List.of());
    }

    public Plan after(List<Finding> preflight) {
        return new Plan(cluster, steps, preflight);
    }

    /** Whether preflight would not let it begin. */
    public boolean barred() {
        return findings.stream().anyMatch(Finding::refused);
    }

    public List<Planned> toDo() {
        return steps.stream().filter(Planned::toDo).toList();
    }

    /** How these steps stand, as far as the plan has them. */
    public List<Planned> of(List<Step> some) {
        return steps.stream().filter(planned -> some.contains(planned.step())).toList();
    }

    public boolean isEmpty() {
        return steps.stream().noneMatch(Planned::toDo);
    }

    /** The steps that could not be looked at. */
    public List<Planned> unknown() {
        return steps.stream()
                .filter(planned -> planned.status() instanceof Status.Unknown)
                .toList();
    }

    /** What guards say no to; as long as there is any, nothing of the plan should be begun. */
    public List<Problem> refusals() {
        return steps.stream()
                .map(Planned::status)
                .filter(Status.Refused.class::isInstance)
                .map(status -> ((Status.Refused) status).problem())
                .toList();
    }

    public Optional<Worst> worst() {
        return steps.stream()
                .flatMap(planned -> worst(planned.status()).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Worst> worst(Status status) {
        if (status instanceof Status.Drift drift) {
            return Optional.of(drift.worst());
        }
        return status instanceof Status.Waits waits ? Optional.of(waits.worst()) : Optional.empty();
    }
}
