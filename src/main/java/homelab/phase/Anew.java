package homelab.phase;

import homelab.plan.Step;
import java.util.List;

/** A phase before which the hosts are looked at anew, since what came before it has changed what they are. */
record Anew(Phase inner) implements Phase {

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public List<Step> steps(Site site) {
        return inner.steps(site);
    }

    @Override
    public List<Step> early(Site site) {
        return inner.early(site);
    }

    @Override
    public boolean looksAnew() {
        return true;
    }

    @Override
    public boolean inTurn(Site site, Step step) {
        return inner.inTurn(site, step);
    }
}
