package homelab.resource.helm;

import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Objects of a release that the API cannot tell, because what converts them does not answer. */
record Unreadable(List<Item> items, Objects live) {

    /**
     * Why nothing can be done about the release. A webhook of its own that is among what is to be mended stands in nobody's
     * way: Helm mends it before it comes to the objects.
     *
     * @param mending whether there is something else to mend
     */
    Optional<Problem> problem(String release, boolean mending) {
        for (Item item : items) {
            Optional<DeadConversion> dead = live.dead(item).filter(conversion -> !mending || !isOurs(conversion));
            if (dead.isPresent()) {
                return dead.map(conversion -> conversion.problem(release, item));
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(DeadConversion dead) {
        return items.stream()
                .filter(item -> item.kind().equals("Service"))
                .anyMatch(item ->
                        item.name().equals(dead.service()) && item.namespace().equals(dead.namespace()));
    }
}
