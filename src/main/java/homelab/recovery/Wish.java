package homelab.recovery;

import java.util.Set;

/**
 * What the user asked for beyond the usual.
 *
 * @param completed whether what is kept of pods that have ended goes too
 * @param rerun pods, as namespace/name, that may be run a second time
 */
public record Wish(boolean completed, Set<String> rerun) {
    /** Nothing beyond it. */
    public static final Wish NONE = new Wish(false, Set.of());

    public Wish {
        rerun = Set.copyOf(rerun);
    }
}
