package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.k3s.ControllerManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** POD-006: pods that have ended do not pile up. Those of Jobs are kept by their Job and go with it. */
final class Debris implements ApiCheck {
    private static final int WARN = 20;
    private static final int FAIL = 200;
    /** Beyond that many the controller manager deletes the oldest (Kubernetes, kube-controller-manager). */
    private static final String KEPT = "terminated-pod-gc-threshold";

    private static final int KEPT_BY_DEFAULT = 12500;
    private static final Duration OLD = Duration.ofDays(7);

    @Override
    public String id() {
        return "POD-006";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS, Objects.NODES);
    }

    @Override
    public List<Listing> needed() {
        return List.of(Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        List<Pod> ended = Pod.all(house).stream().filter(Pod::hasEnded).toList();
        List<Pod> old = ended.stream()
                .filter(pod -> !pod.ownedBy("job"))
                .filter(pod -> begun(pod)
                        .filter(since -> since.isBefore(house.now().minus(OLD)))
                        .isPresent())
                .toList();
        Optional<Integer> told = told(house);
        // it is deleted in rounds, so that there may be some more for a moment
        int warns = told.map(kept -> kept + WARN).orElse(WARN);
        if (ended.size() <= warns && old.isEmpty()) {
            return List.of(pass("cluster", ended.size() + " pods have ended and are kept"));
        }
        String what = ended.size() + " pods have ended and are kept"
                + (old.isEmpty() ? "" : ", " + old.size() + " of no Job for more than " + OLD.toDays() + " days");
        int fails = told.map(kept -> kept + WARN).orElse(FAIL);
        Finding finding = ended.size() > fails ? fail("cluster", what) : warn("cluster", what);
        Optional<Instant> first =
                old.stream().flatMap(pod -> begun(pod).stream()).min(Comparator.naturalOrder());
        return List.of(first.map(finding::since)
                .orElse(finding)
                .by(seen(ended, told))
                .fix("kubectl delete pods -A --field-selector=status.phase=Failed; of Jobs the Job:"
                        + " kubectl -n NAMESPACE delete job NAME"));
    }

    /** How many k3s was told to keep; 0 and less would be all of them. */
    private static Optional<Integer> told(House house) {
        return ControllerManager.argument(house, KEPT)
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(Integer::valueOf);
    }

    private static List<String> seen(List<Pod> ended, Optional<Integer> told) {
        List<String> lines = new ArrayList<>();
        lines.add("k3s keeps up to " + told.orElse(KEPT_BY_DEFAULT) + " of them (" + KEPT
                + (told.isPresent() ? ")" : ", the default)"));
        lines.addAll(byOwner(ended));
        return lines;
    }

    private static Optional<Instant> begun(Pod pod) {
        return pod.item().time("metadata.creationTimestamp");
    }

    private static List<String> byOwner(List<Pod> ended) {
        Map<String, Long> count = ended.stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.namespace() + " " + pod.owner() + ": "
                                + pod.item().text("status.phase")
                                + (pod.item().text("status.reason").isEmpty()
                                        ? ""
                                        : ", " + pod.item().text("status.reason")),
                        TreeMap::new,
                        Collectors.counting()));
        List<String> lines = new ArrayList<>();
        count.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> lines.add(entry.getValue() + " of " + entry.getKey()));
        return lines;
    }
}
