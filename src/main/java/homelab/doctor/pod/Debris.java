package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
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
    private static final Duration OLD = Duration.ofDays(7);

    @Override
    public String id() {
        return "POD-006";
    }

    @Override
    public List<Listing> listings() {
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
        if (ended.size() <= WARN && old.isEmpty()) {
            return List.of(pass("cluster", ended.size() + " pods have ended and are kept"));
        }
        String what = ended.size() + " pods have ended and are kept"
                + (old.isEmpty() ? "" : ", " + old.size() + " of no Job for more than " + OLD.toDays() + " days");
        Finding finding = ended.size() > FAIL ? fail("cluster", what) : warn("cluster", what);
        Optional<Instant> first =
                old.stream().flatMap(pod -> begun(pod).stream()).min(Comparator.naturalOrder());
        return List.of(first.map(finding::since)
                .orElse(finding)
                .by(byOwner(ended))
                .fix("kubectl delete pods -A --field-selector=status.phase=Failed; of Jobs the Job:"
                        + " kubectl -n NAMESPACE delete job NAME"));
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
