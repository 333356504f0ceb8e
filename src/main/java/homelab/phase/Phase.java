package homelab.phase;

import homelab.plan.Step;
import java.util.List;

/** A stretch of the order of work. Pure: it makes steps and does nothing. */
public interface Phase {

    /** One word, as {@code --only} takes it: "host", "firewall", "k3s" ... */
    String name();

    /** The steps in their order; steps on different hosts may be done at the same time. */
    List<Step> steps(Site site);

    /**
     * Of these steps those that need not wait for the phase before and may be done beside it; on hosts of their own. In
     * its own turn the phase looks at them again.
     */
    default List<Step> early(Site site) {
        return List.of();
    }

    /**
     * Whether its steps follow from what the phases before it change on the hosts, so that the hosts are looked at anew
     * before it. A step's own state is always looked at when its turn comes; this is about {@link Site} alone.
     */
    default boolean looksAnew() {
        return false;
    }

    /**
     * Whether the step's host is begun only when the one before it is through, in the order of the steps; all others are
     * worked on beside them. A step of the cluster is then the gate of the host before it.
     */
    default boolean inTurn(Site site, Step step) {
        return false;
    }
}
