package homelab.doctor.pod;

import homelab.doctor.Finding;
import homelab.doctor.Item;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pods with a container that cannot be had, does not start, or ends again and again. */
final class Broken {
    private static final Set<String> PULL =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> BROKEN = Set.of(
            "CrashLoopBackOff",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "PostStartHookError");

    /** What containerd says when a registry knows who came, or that nobody it knows did, and says no. */
    private static final Pattern REFUSED =
            Pattern.compile("401 Unauthorized|403 Forbidden|authorization failed|insufficient_scope");

    private Broken() {}

    static Optional<Finding> of(Stuck check, Pod pod) {
        if (pod.hasEnded()) {
            return Optional.empty();
        }
        return pod.statuses().stream()
                .filter(status -> PULL.contains(reason(status)) || BROKEN.contains(reason(status)) || hasFallen(status))
                .findFirst()
                .map(status ->
                        PULL.contains(reason(status)) ? unpulled(check, pod, status) : crashing(check, pod, status));
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

    private static Finding unpulled(Stuck check, Pod pod, Item status) {
        String image = image(pod, status.text("name"));
        String asked = ImageName.parse(image)
                .map(name -> name.repository() + " of " + name.registry() + ", " + name.asked())
                .orElse("'" + image + "' is no name of an image");
        if (REFUSED.matcher(status.text("state.waiting.message")).find()) {
            return check.fail(pod.subject(), "its registry refuses the login")
                    .by(evidence(status), asked)
                    .fix("mend the login of the registry that the message names, under registries.configs of the"
                            + " inventory or in the pod's imagePullSecrets; then homelab bootstrap");
        }
        return check.fail(pod.subject(), "its image cannot be had")
                .by(evidence(status), asked)
                .fix("kubectl -n " + pod.namespace() + " describe pod "
                        + pod.item().name() + "; then mend the image's name, or let the node reach its registry");
    }

    private static Finding crashing(Stuck check, Pod pod, Item status) {
        String logs = List.of("CrashLoopBackOff", "").contains(reason(status))
                ? " logs --previous " + pod.item().name() + " -c " + status.text("name")
                : " describe pod " + pod.item().name();
        return check.fail(pod.subject(), "does not start")
                .by(evidence(status))
                .fix("kubectl -n " + pod.namespace() + logs);
    }

    private static String evidence(Item status) {
        String message = status.text("state.waiting.message");
        return "container " + status.text("name") + ": " + (reason(status).isEmpty() ? "ended again" : reason(status))
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static String image(Pod pod, String container) {
        return Stream.of("spec.containers", "spec.initContainers")
                .flatMap(path -> pod.item().items(path).stream())
                .filter(one -> one.is("name", container))
                .map(one -> one.text("image"))
                .findFirst()
                .orElse("");
    }
}
