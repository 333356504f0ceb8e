package homelab.drain;

import java.util.Set;

/**
 * How a node is emptied.
 *
 * @param forced pods, NAMESPACE/NAME, that are deleted whatever a budget says and though nobody makes them anew
 * @param aloneStay whether pods that nobody makes anew stay: their node comes back
 */
public record Terms(Set<String> forced, boolean aloneStay) {
    /** For a node that comes back. */
    public static final Terms FOR_A_WHILE = new Terms(Set.of(), true);

    public Terms {
        forced = Set.copyOf(forced);
    }

    /** For a node that goes for good. */
    public static Terms forGood(Set<String> forced) {
        return new Terms(forced, false);
    }
}
