package homelab.resource.sandbox;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.recovery.Evidence;
import homelab.recovery.Pod;
import homelab.recovery.Scripts;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * That the pods whose names were barred have a sandbox which is ready, or are gone, or have ended.
 *
 * @param uids of those pods
 */
public record PodsStart(Set<String> uids) implements Resource {
    private static final Probe<Evidence> EVIDENCE = Scripts.evidence();

    /** The kubelet tries a sandbox again after at most two minutes (its back-off of pod workers). */
    private static final Duration BACK_OFF = Duration.ofSeconds(150);

    public PodsStart {
        uids = Set.copyOf(uids);
    }

    @Override
    public String id() {
        return "pods that could not start";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(EVIDENCE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(EVIDENCE), evidence -> {
            List<Change> changes = uids.stream()
                    .sorted()
                    .filter(uid -> !evidence.isReady(uid) && isExpected(uid, evidence))
                    .map(uid -> new Change("pod " + name(uid, evidence), "has none that is ready", "started"))
                    .toList();
            return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
        });
    }

    /** Without the API every pod is. */
    private static boolean isExpected(String uid, Evidence evidence) {
        Pod pod = evidence.pods().get(uid);
        return pod == null ? !evidence.knowsPods() : !pod.ending() && !pod.hasEnded();
    }

    private static String name(String uid, Evidence evidence) {
        Pod pod = evidence.pods().get(uid);
        return pod != null ? pod.pod() : evidence.nameOf(uid).orElse(uid);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return BACK_OFF;
    }
}
