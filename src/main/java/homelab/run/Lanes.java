package homelab.run;

import homelab.plan.Step;
import homelab.plan.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done at the same time.
 *
 * @param all the lanes; in each one host after another, and of each host its steps in their order
 */
record Lanes(List<List<List<Step>>> all) {
    /** A lane for each host, or one for all of them. */
    static Lanes of(List<Step> steps, boolean oneHostAtATime) {
        Collection<List<Step>> hosts = byTarget(steps);
        return new Lanes(
                oneHostAtATime
                        ? List.of(List.copyOf(hosts))
                        : hosts.stream().map(List::of).toList());
    }

    /** These beside, with a lane for each host. */
    Lanes and(List<Step> others) {
        List<List<List<Step>>> more = new ArrayList<>(all);
        more.addAll(of(others, false).all());
        return new Lanes(List.copyOf(more));
    }

    private static Collection<List<Step>> byTarget(List<Step> steps) {
        Map<Target, List<Step>> byTarget = new LinkedHashMap<>();
        steps.forEach(step -> byTarget.computeIfAbsent(step.target(), key -> new ArrayList<>())
                .add(step));
        return byTarget.values();
    }
}
