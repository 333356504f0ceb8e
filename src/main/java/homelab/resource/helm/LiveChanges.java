package homelab.resource.helm;

import homelab.resource.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that differs between what a release rendered and what is in the cluster. */
final class LiveChanges {
    private LiveChanges() {}

    static List<Change> of(List<Item> items, Objects live) {
        Set<String> scaled = items.stream()
                .filter(item -> item.kind().equals("HorizontalPodAutoscaler"))
                .map(item -> Trees.word(item.tree(), "spec", "scaleTargetRef", "kind") + " " + item.namespace() + "/"
                        + Trees.word(item.tree(), "spec", "scaleTargetRef", "name"))
                .collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>();
        for (Item item : items) {
            if (live.dead(item).isPresent()) {
                continue;
            }
            live.live(item)
                    .ifPresentOrElse(
                            object -> Drifted.changes(item, object).stream()
                                    .filter(change -> !scaled.contains(item.title())
                                            || !change.what().endsWith(" spec.replicas"))
                                    .forEach(changes::add),
                            () -> absent(item).ifPresent(changes::add));
        }
        return changes;
    }

    /** A Job that ends its own life is not missed. */
    private static java.util.Optional<Change> absent(Item item) {
        boolean mayGo = item.kind().equals("Job")
                && Trees.at(item.tree(), "spec", "ttlSecondsAfterFinished").isPresent();
        return mayGo
                ? java.util.Optional.empty()
                : java.util.Optional.of(new Change(item.title(), "absent", "present"));
    }
}
