package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** POD-005: no pod waits for ever, to be placed, to start, or to go. */
final class Stuck implements ApiCheck {
    private static final Duration WAITS = Duration.ofMinutes(10);
    private static final Duration GOES = Duration.ofMinutes(15);

    @Override
    public String id() {
        return "POD-005";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS, Objects.NODES);
    }

    @Override
    public List<Finding> found(House house) {
        List<Finding> findings = new ArrayList<>();
        for (Pod pod : Pod.all(house)) {
            leaving(house, pod)
                    .or(() -> Broken.of(this, pod))
                    .or(() -> Unheard.of(this, house, pod))
                    .or(() -> waiting(house, pod))
                    .ifPresent(findings::add);
        }
        return orPass(findings, "no pod is stuck");
    }

    /** The time at which it was to be gone, its grace included. */
    private Optional<Finding> leaving(House house, Pod pod) {
        return late(house, pod.item().time("metadata.deletionTimestamp"), GOES).map(since -> {
            List<String> held = pod.item().words("metadata.finalizers");
            return fail(pod.subject(), "was to be gone, and is still there")
                    .since(since)
                    .by("on node " + pod.node() + (held.isEmpty() ? "" : "; held by " + String.join(", ", held)))
                    .fix("homelab status shows whether its node is there; if it is gone for good: kubectl -n "
                            + pod.namespace() + " delete pod " + pod.item().name() + " --grace-period=0 --force");
        });
    }

    private Optional<Finding> waiting(House house, Pod pod) {
        if (!pod.item().is("status.phase", "Pending")) {
            return Optional.empty();
        }
        return late(house, pod.item().time("metadata.creationTimestamp"), WAITS)
                .map(since -> fail(
                                pod.subject(),
                                pod.node().isEmpty() ? "finds no node" : "has not started on " + pod.node())
                        .since(since)
                        .by(why(pod))
                        .fix("kubectl -n " + pod.namespace() + " describe pod "
                                + pod.item().name()));
    }

    private static String why(Pod pod) {
        return pod.item().items("status.conditions").stream()
                .filter(one -> one.is("status", "False"))
                .map(one -> one.text("type") + " is False: " + one.text("reason") + " " + one.text("message"))
                .findFirst()
                .orElse("Pending for more than " + WAITS.toMinutes() + " min");
    }

    private static Optional<Instant> late(House house, Optional<Instant> from, Duration allowed) {
        return from.filter(since -> since.isBefore(house.now().minus(allowed)));
    }
}
