package homelab.resource.sandbox;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.recovery.Decision;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Reason;
import homelab.recovery.Scripts;
import homelab.recovery.Wish;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That of what dead pods left nothing is there which the user has agreed to take away. What turns up later is not taken,
 * and what is there still though it is now to be left is told as that.
 *
 * @param agreed the deed and upon what: the first two words of {@link Judgement#line}
 */
public record DeadSandboxes(Set<String> agreed, Wish wish) implements Resource {
    private static final Probe<Evidence> EVIDENCE = Scripts.evidence();

    /** Of two hundred, four at a time, each within 60 s; the kubelet's own patience with one is less. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    public DeadSandboxes {
        agreed = Set.copyOf(agreed);
    }

    @Override
    public String id() {
        return "what dead pods left";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(EVIDENCE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(EVIDENCE), evidence -> {
            if (!evidence.isSeen()) {
                return new Status.Unknown("not all could be seen that tells what is alive");
            }
            Set<String> targets =
                    agreed.stream().map(key -> key.split(" ", -1)[1]).collect(Collectors.toSet());
            List<Change> changes = Decision.of(evidence, wish).stream()
                    .filter(judgement -> targets.contains(judgement.target()))
                    .filter(judgement -> !isRightlyKept(judgement))
                    .map(judgement -> Telling.change(judgement, evidence))
                    .toList();
            return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.DELETE);
        });
    }

    /** While it was worked on, its pod has started: then it is no more than what the kubelet keeps of every start before. */
    private static boolean isRightlyKept(Judgement judgement) {
        return judgement instanceof Judgement.OfSandbox of && of.reason() == Reason.KEPT;
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(Scripts.act(agreed.stream().sorted().toList(), wish), LIMIT);
    }
}
