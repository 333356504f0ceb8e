package homelab.gate;

import java.util.Comparator;
import java.util.List;

/** How a gate stands: all that was seen there, the worst first. */
public record Passage(Gate gate, List<Sight> sights) {

    public Passage {
        sights = sights.stream().sorted(Comparator.comparing(Sight::state)).toList();
    }

    /** The worst of it. A gate at which nothing was seen is unknown. */
    public State state() {
        return sights.isEmpty() ? State.UNKNOWN : sights.get(0).state();
    }

    public boolean passes() {
        return state().passes();
    }

    /** Whether it may pass later without a deed. */
    public boolean isOpen() {
        return sights.stream().anyMatch(sight -> sight.state().isOpen());
    }

    public List<Sight> of(State state) {
        return sights.stream().filter(sight -> sight.state() == state).toList();
    }

    /** What keeps it from passing. */
    public List<Sight> against() {
        return sights.stream().filter(sight -> !sight.state().passes()).toList();
    }
}
