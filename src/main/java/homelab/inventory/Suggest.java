package homelab.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word that is nearest to what was typed. */
final class Suggest {
    /** Longer words are no typing mistake of ours, and comparing them takes time. */
    private static final int LONGEST = 40;

    private Suggest() {}

    static Optional<String> nearest(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT).replace('_', '-');
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** "did you mean X?", or all that there is to choose from. */
    static String fix(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "did you mean " + word + "?")
                .orElse("there is: " + String.join(", ", known));
    }

    /** Insertions, deletions, replacements and swaps of neighbours between the two. */
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(cost, one, i, other, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int cheapest(int[][] cost, String one, int i, String other, int j) {
        int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(cheapest, 1 + cost[i - 2][j - 2]) : cheapest;
    }
}
