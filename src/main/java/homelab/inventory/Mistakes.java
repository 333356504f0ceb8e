package homelab.inventory;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong, so that one run tells everything. */
final class Mistakes {
    /** More than this helps nobody; such a file is something else. */
    private static final int SHOWN = 50;

    private static final int LONGEST = 300;

    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String what, String why, String fix) {
        found.add(Problem.at(place, cut(what), cut(why), cut(fix)));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** @throws Failure with all mistakes in the order of the file, if there are any */
    void throwIfAny() {
        if (!none()) {
            throw failure();
        }
    }

    Failure failure() {
        List<Problem> sorted = found.stream()
                .sorted(Comparator.comparingInt((Problem problem) -> part(problem.where(), Place::line))
                        .thenComparingInt(problem -> part(problem.where(), Place::column)))
                .limit(SHOWN)
                .toList();
        if (found.size() <= SHOWN) {
            return new Failure(Exit.USAGE, sorted);
        }
        List<Problem> cut = new ArrayList<>(sorted);
        cut.add(Problem.of("and " + (found.size() - SHOWN) + " more mistakes", "only the first are shown", ""));
        return new Failure(Exit.USAGE, cut);
    }

    private static int part(Optional<Place> place, java.util.function.ToIntFunction<Place> part) {
        return place.map(part::applyAsInt).orElse(0);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
