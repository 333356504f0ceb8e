package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody who mistyped may have meant. */
final class Near {

    private Near() {}

    /**
     * Of names that somebody typed all must be known.
     *
     * @param what they are names of: {@code "there is no phase"}; the name follows in quotes
     * @param otherwise the fix for a name that is near none
     * @throws Failure with exit USAGE and a problem for each that is not
     */
    static void refuseUnknown(List<String> names, List<String> known, String what, String otherwise) {
        List<Problem> unknown = names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> Problem.of(
                        what + " '" + name + "'",
                        known.isEmpty() ? "there is none" : "there are " + String.join(", ", known),
                        word(name, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(otherwise)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Failure(Exit.USAGE, unknown);
        }
    }

    static Optional<String> word(String typed, List<String> known) {
        return known.stream()
                .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** Levenshtein's distance. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
