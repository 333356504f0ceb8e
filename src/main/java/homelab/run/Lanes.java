package homelab.run;

import homelab.plan.Step;
import homelab.plan.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done at the same time.
 *
 * @param all the lanes; in each one host after another, and of each host its steps in their order
 */
record Lanes(List<List<List<Step>>> all) {
    /** One lane, in it a sequence for each host in the order of the steps, with the gates of the cluster that follow it. */
    static Lanes inTurn(List<Step> steps) {
        List<List<Step>> turns = new ArrayList<>();
        Optional<Target> host = Optional.empty();
        for (Step step : steps) {
            if (turns.isEmpty() || isOnHost(step) && !host.equals(Optional.of(step.target()))) {
                turns.add(new ArrayList<>());
            }
            turns.get(turns.size() - 1).add(step);
            host = isOnHost(step) ? Optional.of(step.target()) : host;
        }
        return new Lanes(turns.isEmpty() ? List.of() : List.of(turns));
    }

    private static boolean isOnHost(Step step) {
        return step.target() instanceof Target.OnHost;
    }

    /** These beside, with a lane for each host. */
    Lanes and(List<Step> others) {
        List<List<List<Step>>> more = new ArrayList<>(all);
        byTarget(others).forEach(host -> more.add(List.of(host)));
        return new Lanes(List.copyOf(more));
    }

    private static Collection<List<Step>> byTarget(List<Step> steps) {
        Map<Target, List<Step>> byTarget = new LinkedHashMap<>();
        steps.forEach(step -> byTarget.computeIfAbsent(step.target(), key -> new ArrayList<>())
                .add(step));
        return byTarget.values();
    }
}
