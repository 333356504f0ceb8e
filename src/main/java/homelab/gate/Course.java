package homelab.gate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All gates that were looked at, in their order. */
public record Course(List<Passage> passages) {

    public Course {
        passages = List.copyOf(passages);
    }

    public boolean passes() {
        return first(Set.of()).isEmpty();
    }

    /** The first that does not pass. @param without gates that were given up */
    public Optional<Passage> first(Set<Gate> without) {
        return passages.stream()
                .filter(passage -> !passage.passes() && !without.contains(passage.gate()))
                .findFirst();
    }

    public Optional<Passage> at(Gate gate) {
        return passages.stream().filter(passage -> passage.gate() == gate).findFirst();
    }

    /** Whether this gate was looked at and passes. */
    public boolean passes(Gate gate) {
        return at(gate).map(Passage::passes).orElse(false);
    }
}
