package homelab.doctor.pod;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Objects;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pods whose kubelet lives and has taken no notice of them: the first thing it writes is when it began ({@code
 * status.startTime}), before volumes and images. So goes one whose watch lived on while etcd went back to a smaller
 * revision: what is written below the one that it knows it is never told (Kubernetes 1.33, seen with a restored etcd).
 */
final class Unheard {
    private static final Duration NOTICES = Duration.ofMinutes(3);

    private Unheard() {}

    static Optional<Finding> of(Stuck check, House house, Pod pod) {
        if (!pod.item().is("status.phase", "Pending")
                || pod.item().time("status.startTime").isPresent()
                || !lives(house, pod.node())) {
            return Optional.empty();
        }
        return given(pod)
                .filter(since -> since.isBefore(house.now().minus(NOTICES)))
                .map(since -> check.fail(pod.subject(), "the kubelet of " + pod.node() + " takes no notice of it")
                        .since(since)
                        .by("its node is Ready, and it was given to it "
                                + Duration.between(since, house.now()).toMinutes()
                                + " min ago; so it is after etcd was restored")
                        .fix("sudo systemctl restart k3s-agent on " + pod.node()
                                + " (on a server: k3s); its pods go on meanwhile"));
    }

    private static boolean lives(House house, String node) {
        return Item.of(house, Objects.NODES).stream()
                .anyMatch(one -> one.name().equals(node) && one.hasCondition("Ready", "True"));
    }

    /** When the scheduler gave it to its node. */
    private static Optional<Instant> given(Pod pod) {
        return pod.item().items("status.conditions").stream()
                .filter(one -> one.is("type", "PodScheduled") && one.is("status", "True"))
                .findFirst()
                .flatMap(one -> one.time("lastTransitionTime"));
    }
}
