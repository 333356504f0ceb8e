package homelab.command;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.State;
import homelab.run.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which gates are still waited for: the first that does not pass has its patience, counted from when it became the first. */
final class Vigil {
    private final Time time;
    private final Set<Gate> over = EnumSet.noneOf(Gate.class);
    private final Map<Gate, Instant> begun = new EnumMap<>(Gate.class);

    Vigil(Time time) {
        this.time = time;
    }

    /** Those that were given up. */
    Set<Gate> over() {
        return Set.copyOf(over);
    }

    /** Gives up what is to be given up, and says whether nothing is left to wait for. */
    boolean isOver(Course course) {
        over.removeIf(course::passes);
        Optional<Passage> first = course.first(over);
        while (first.isPresent() && isInVain(first.get())) {
            over.add(first.get().gate());
            first = course.first(over);
        }
        return first.isEmpty();
    }

    /** What cannot be seen because of a gate that was given up is not waited for once more. */
    private boolean isInVain(Passage passage) {
        if (!passage.isOpen() || passage.state() == State.UNKNOWN && !over.isEmpty()) {
            return true;
        }
        Instant since = begun.computeIfAbsent(passage.gate(), gate -> time.now());
        return Duration.between(since, time.now()).compareTo(passage.gate().patience()) > 0;
    }
}
