package homelab.phase;

import homelab.plan.Step;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A phase cut down to some of its steps.
 *
 * @param wanted of the phase and one of its steps
 */
public record Narrowed(Phase whole, BiPredicate<Phase, Step> wanted) implements Phase {

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public boolean looksAnew() {
        return whole.looksAnew();
    }

    @Override
    public boolean inTurn(Site site, Step step) {
        return whole.inTurn(site, step);
    }

    @Override
    public List<Step> steps(Site site) {
        return narrowed(whole.steps(site));
    }

    @Override
    public List<Step> early(Site site) {
        return narrowed(whole.early(site));
    }

    private List<Step> narrowed(List<Step> steps) {
        return steps.stream().filter(step -> wanted.test(whole, step)).toList();
    }
}
