package homelab.phase.release;

import homelab.model.K3sVersion;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What another release of k3s brings along that is not as before. */
public final class ComponentChanges {
    private static final List<String> NAMES = List.of("etcd", "containerd", "Traefik", "CoreDNS");

    /** @param versions in the order of the names */
    private record Brought(K3sVersion release, List<String> versions) {}

    /** @param from version of the component from which on this is so: "3.6" */
    private record Change(String component, String from, String what, String fix, String page) {}

    /** Of one component, between two releases. */
    private record Step(String component, String before, String after) {
        boolean isMore() {
            return !minor(before).equals(minor(after));
        }

        boolean crosses(Change change) {
            return component.equals(change.component()) && older(before, change.from()) && !older(after, change.from());
        }

        private static String minor(String version) {
            return version.substring(0, version.lastIndexOf('.'));
        }

        private static boolean older(String one, String other) {
            List<Integer> these = numbers(one);
            List<Integer> those = numbers(other);
            return IntStream.range(0, those.size())
                            .map(at -> Integer.compare(these.get(at), those.get(at)))
                            .filter(order -> order != 0)
                            .findFirst()
                            .orElse(0)
                    < 0;
        }

        private static List<Integer> numbers(String version) {
            return List.of(version.split("\\.")).stream().map(Integer::valueOf).toList();
        }
    }

    private final List<Brought> known = Published.load("components.txt", 1 + NAMES.size()).rows().stream()
            .map(row -> new Brought(K3sVersion.parse(row.get(0)), row.subList(1, row.size())))
            .toList();

    private final List<Change> changes = Published.load("changes.txt", 5).rows().stream()
            .map(row -> new Change(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
            .toList();

    /**
     * Nothing where nothing is known of the one or the other minor. Of a release that is not known the newest one before it
     * is taken, and named.
     *
     * @param without components that the cluster does not have: "traefik", "coredns", "etcd"
     */
    public List<Finding> findings(K3sVersion now, K3sVersion wanted, Set<String> without) {
        Optional<Brought> before = nearest(now);
        Optional<Brought> after = nearest(wanted);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        List<Step> steps = steps(before.get(), after.get(), without);
        List<Finding> findings = new ArrayList<>();
        String newer = steps.stream()
                .filter(Step::isMore)
                .map(step -> step.component() + " " + step.before() + " → " + step.after())
                .collect(Collectors.joining(", "));
        if (!newer.isEmpty()) {
            String releases = before.get().release() + " → " + after.get().release();
            findings.add(Finding.note("k3s brings along: " + newer, releases + ", k3s's release notes", "nothing"));
        }
        changes.forEach(change -> steps.stream()
                .filter(step -> step.crosses(change))
                .map(step -> Finding.warn(
                        change.what(), change.component() + " " + step.after() + ", " + change.page(), change.fix()))
                .forEach(findings::add));
        return findings;
    }

    private Optional<Brought> nearest(K3sVersion release) {
        return known.stream()
                .filter(one ->
                        one.release().minorsTo(release) == 0 && one.release().compareTo(release) <= 0)
                .max(Comparator.comparing(Brought::release));
    }

    private static List<Step> steps(Brought before, Brought after, Set<String> without) {
        return IntStream.range(0, NAMES.size())
                .filter(at -> without.stream().noneMatch(NAMES.get(at)::equalsIgnoreCase))
                .mapToObj(at -> new Step(
                        NAMES.get(at),
                        before.versions().get(at),
                        after.versions().get(at)))
                .toList();
    }
}
