package homelab.phase;

import homelab.plan.Step;
import java.util.List;
import java.util.function.Function;

/** A phase that is no more than its steps. */
record OfSteps(String name, Function<Site, List<Step>> made) implements Phase {

    @Override
    public List<Step> steps(Site site) {
        return made.apply(site);
    }
}
