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

/** POD-004: no container is killed for its memory, starts over and over, or is about to reach its limit. */
final class Restarts implements ApiCheck {
    private static final Duration LATELY = Duration.ofHours(24);
    private static final long OFTEN = 5;
    private static final long NEAR_PERCENT = 90;

    static final Listing USED = new Listing(
            "pods.metrics.k8s.io",
            "/apis/metrics.k8s.io/v1beta1/pods",
            List.of("metadata.name", "metadata.namespace", "containers.name", "containers.usage.memory"));

    @Override
    public String id() {
        return "POD-004";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS, USED);
    }

    @Override
    public List<Listing> needed() {
        return List.of(Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> used = Item.of(house, USED);
        List<Finding> findings = new ArrayList<>();
        for (Pod pod : Pod.alive(house)) {
            killed(house, pod)
                    .or(() -> restarted(house, pod))
                    .or(() -> near(pod, used))
                    .ifPresent(findings::add);
        }
        boolean measured = house.list(USED).known().isPresent();
        return orPass(
                findings,
                "no container was killed for its memory or starts over"
                        + (measured ? "" : "; how near they are to their limits was not told (no metrics)"));
    }

    private Optional<Finding> killed(House house, Pod pod) {
        return pod.statuses().stream()
                .flatMap(status ->
                        List.of(
                                        status.at("lastState.terminated").json(),
                                        status.at("state.terminated").json())
                                .stream()
                                .map(Item::new)
                                .filter(end -> end.is("reason", "OOMKilled") && lately(house, end))
                                .map(end -> oom(pod, status, end)))
                .findFirst();
    }

    private Finding oom(Pod pod, Item status, Item end) {
        String limit = pod.containers().stream()
                .filter(one -> one.is("name", status.text("name")))
                .map(one -> one.text("resources.limits.memory"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("none");
        Finding finding = fail(pod.subject(), "a container was killed for its memory")
                .by("container " + status.text("name") + ": OOMKilled at " + end.text("finishedAt") + ", limit " + limit
                        + ", " + status.number("restartCount").orElse(0L) + " restarts")
                .fix("kubectl -n " + pod.namespace() + " set resources " + pod.owner() + " -c " + status.text("name")
                        + " --limits=memory=MORE; for a chart, in its values");
        return end.time("finishedAt").map(finding::since).orElse(finding);
    }

    private static boolean lately(House house, Item end) {
        Optional<Instant> at = end.time("finishedAt");
        return at.isEmpty() || at.get().isAfter(house.now().minus(LATELY));
    }

    /** The API counts since the pod began: of an older one it is concluded by the day. */
    private Optional<Finding> restarted(House house, Pod pod) {
        long days = pod.item()
                .time("metadata.creationTimestamp")
                .map(begun -> Math.max(1, Duration.between(begun, house.now()).toDays()))
                .orElse(1L);
        return pod.statuses().stream()
                .filter(status -> status.number("restartCount").orElse(0L) > OFTEN * days)
                .filter(status -> lately(house, status.at("lastState.terminated")))
                .findFirst()
                .map(status -> {
                    Item end = status.at("lastState.terminated");
                    Finding finding = warn(pod.subject(), "starts over more than " + OFTEN + " times a day")
                            .by("container " + status.text("name") + ": "
                                    + status.number("restartCount").orElse(0L) + " restarts in " + days
                                    + " d, the last ended with " + end.text("reason") + " " + end.text("exitCode"))
                            .fix("kubectl -n " + pod.namespace() + " logs --previous "
                                    + pod.item().name() + " -c " + status.text("name"));
                    return days > 1 ? finding.concluded() : finding;
                });
    }

    private Optional<Finding> near(Pod pod, List<Item> used) {
        return used.stream()
                .filter(one ->
                        one.name().equals(pod.item().name()) && one.namespace().equals(pod.namespace()))
                .flatMap(one -> one.items("containers").stream())
                .flatMap(one -> near(pod, one).stream())
                .findFirst();
    }

    private Optional<Finding> near(Pod pod, Item used) {
        long is = used.quantity("usage.memory").orElse(0L);
        return pod.containers().stream()
                .filter(one -> one.is("name", used.text("name")))
                .flatMap(one -> one.quantity("resources.limits.memory").stream())
                .filter(limit -> limit > 0 && is > limit / 100.0 * NEAR_PERCENT)
                .findFirst()
                .map(limit -> warn(pod.subject(), "uses more than " + NEAR_PERCENT + " % of the memory it may have")
                        .by("container " + used.text("name") + ": " + (is >> 20) + " of " + (limit >> 20) + " MiB")
                        .fix("kubectl -n " + pod.namespace() + " set resources " + pod.owner() + " -c "
                                + used.text("name") + " --limits=memory=MORE; for a chart, in its values"));
    }
}
