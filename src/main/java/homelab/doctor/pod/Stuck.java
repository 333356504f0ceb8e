package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** POD-005: no pod waits for ever, to be placed, to start, or to go. */
final class Stuck implements ApiCheck {
    private static final Duration WAITS = Duration.ofMinutes(10);
    private static final Duration GOES = Duration.ofMinutes(15);
    private static final Set<String> PULL =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> BROKEN = Set.of(
            "CrashLoopBackOff",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "PostStartHookError");

    @Override
    public String id() {
        return "POD-005";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        List<Finding> findings = new ArrayList<>();
        for (Pod pod : Pod.all(house)) {
            leaving(house, pod)
                    .or(() -> broken(pod))
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

    private Optional<Finding> broken(Pod pod) {
        if (pod.hasEnded()) {
            return Optional.empty();
        }
        return pod.statuses().stream()
                .filter(status -> PULL.contains(reason(status)) || BROKEN.contains(reason(status)) || hasFallen(status))
                .findFirst()
                .map(status -> PULL.contains(reason(status)) ? unpulled(pod, status) : crashing(pod, status));
    }

    /** Between its second end and the next try, when the kubelet does not call it a loop yet. */
    private static boolean hasFallen(Item status) {
        return status.at("state.terminated").exists()
                && !status.is("state.terminated.reason", "Completed")
                && status.number("restartCount").orElse(0L) > 0;
    }

    private static String reason(Item status) {
        return status.text("state.waiting.reason");
    }

    private Finding unpulled(Pod pod, Item status) {
        String image = image(pod, status.text("name"));
        String asked = ImageName.parse(image)
                .map(name -> name.repository() + " of " + name.registry() + ", " + name.asked())
                .orElse("'" + image + "' is no name of an image");
        return fail(pod.subject(), "its image cannot be had")
                .by(evidence(status), asked)
                .fix("kubectl -n " + pod.namespace() + " describe pod "
                        + pod.item().name() + "; then mend the image's name, or let the node reach its registry");
    }

    private Finding crashing(Pod pod, Item status) {
        String logs = List.of("CrashLoopBackOff", "").contains(reason(status))
                ? " logs --previous " + pod.item().name() + " -c " + status.text("name")
                : " describe pod " + pod.item().name();
        return fail(pod.subject(), "does not start").by(evidence(status)).fix("kubectl -n " + pod.namespace() + logs);
    }

    private static String evidence(Item status) {
        String message = status.text("state.waiting.message");
        return "container " + status.text("name") + ": " + (reason(status).isEmpty() ? "ended again" : reason(status))
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static String image(Pod pod, String container) {
        return java.util.stream.Stream.of("spec.containers", "spec.initContainers")
                .flatMap(path -> pod.item().items(path).stream())
                .filter(one -> one.is("name", container))
                .map(one -> one.text("image"))
                .findFirst()
                .orElse("");
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
