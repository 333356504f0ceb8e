package homelab.run;

import homelab.host.Host;
import homelab.host.Script;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Looks at everything the phases want, one round trip per host, and says how it stands. Changes nothing. */
public final class Planner {

    private Planner() {}

    public static Plan plan(List<Phase> phases, Site site, Places places) {
        List<Step> steps =
                phases.stream().flatMap(phase -> phase.steps(site).stream()).toList();
        return new Plan(site.cluster().name(), judge(steps, places));
    }

    /** How each step stands now, in the order given. */
    static List<Planned> judge(List<Step> steps, Places places) {
        Map<Asked, Readings> readings = ask(steps, places);
        return steps.stream().map(step -> planned(step, places, readings)).toList();
    }

    /** Whom to ask, and as whom: two targets on the same machine share one round trip. */
    private record Asked(Host host, Script.As as) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Asked asked && host == asked.host && as == asked.as;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(host) * 31 + as.ordinal();
        }
    }

    private static Map<Asked, Readings> ask(List<Step> steps, Places places) {
        Map<Asked, Readings> first =
                askAll(questions(steps, places, (step, asked) -> step.resource().probes()));
        Map<Asked, Readings> further = askAll(questions(
                steps, places, (step, asked) -> step.resource().then(first.getOrDefault(asked, Readings.NONE))));
        Map<Asked, Readings> all = new LinkedHashMap<>(first);
        further.forEach((asked, readings) -> all.merge(asked, readings, Readings::and));
        return all;
    }

    /** Each probe as often as steps want it: the round trip asks it once. */
    private static Map<Asked, List<Probe<?>>> questions(
            List<Step> steps, Places places, BiFunction<Step, Asked, List<Probe<?>>> probes) {
        Map<Asked, List<Probe<?>>> questions = new LinkedHashMap<>();
        for (Step step : steps) {
            places.of(step.target())
                    .map(host -> new Asked(host, places.rights(step.target())))
                    .ifPresent(asked -> questions
                            .computeIfAbsent(asked, key -> new ArrayList<>())
                            .addAll(probes.apply(step, asked)));
        }
        questions.values().removeIf(List::isEmpty);
        return questions;
    }

    private static Map<Asked, Readings> askAll(Map<Asked, List<Probe<?>>> questions) {
        return Parallel.allOrFail(Parallel.each(
                questions.keySet(),
                asked -> Look.at(asked.host(), questions.getOrDefault(asked, List.of()), asked.as())));
    }

    private static Planned planned(Step step, Places places, Map<Asked, Readings> readings) {
        Resource resource = step.resource();
        if (resource.probes().isEmpty()) {
            return new Planned(step, resource.status(Readings.NONE));
        }
        return places.of(step.target())
                .map(host -> new Asked(host, places.rights(step.target())))
                .map(asked -> readings.getOrDefault(asked, Readings.NONE))
                .map(answers -> new Planned(step, resource.status(answers), resource.kept(answers)))
                .orElseGet(() -> new Planned(step, absent(step, places)));
    }

    private static Status absent(Step step, Places places) {
        Worst worst = step.resource().deed() instanceof Deed.Await ? Worst.WAIT : Worst.CHANGE;
        return step.target() instanceof Target.OnCluster
                ? new Status.Waits(places.absence(step.target()), worst)
                : new Status.Unknown(places.absence(step.target()));
    }
}
