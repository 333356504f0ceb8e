package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.problem.Problem;
import homelab.resource.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What lies where a release is to be: what of it is taken over, and what stays beside it under another name. */
final class Takeover {
    private final ChartRelease wanted;
    private final Rendered rendered;
    private final Map<Item, Ownership> foreign = new LinkedHashMap<>();

    Takeover(ChartRelease wanted, Rendered rendered) {
        this.wanted = wanted;
        this.rendered = rendered;
        rendered.items()
                .forEach(item -> rendered.liveOf(item)
                        .flatMap(live -> Ownership.of(live, wanted.namespace(), wanted.name()))
                        .ifPresent(owner -> foreign.put(item, owner)));
    }

    /** @param adopt whether what belongs to nobody may be taken over */
    Optional<Problem> refusal(boolean adopt) {
        Map<Item, Ownership> against = new LinkedHashMap<>(foreign);
        against.values().removeIf(owner -> adopt && owner.adoptable());
        if (against.isEmpty()) {
            return Optional.empty();
        }
        boolean adoptable = against.values().stream().allMatch(Ownership::adoptable);
        String fix = adoptable
                ? "take them over: homelab addons apply " + wanted.name() + " --adopt (homelab addons plan "
                        + wanted.name() + " --adopt shows what would change); or give the release another namespace"
                : "take them out of what makes them, or give the release another name and namespace";
        return Optional.of(Problem.of(
                "release " + wanted.title() + ": " + against.size() + " of its objects are there already",
                against.entrySet().stream()
                        .limit(12)
                        .map(entry -> entry.getKey().title() + " belongs to "
                                + entry.getValue().who())
                        .collect(Collectors.joining("; ")),
                fix));
    }

    /** For the plan: what is taken over with what changes in it, and what stays beside. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        foreign.forEach((item, owner) -> {
            changes.add(new Change(item.title(), owner.who(), "taken over"));
            rendered.liveOf(item).ifPresent(live -> changes.addAll(shown(item, live)));
        });
        if (rendered.known()) {
            changes.addAll(new Renamed(rendered).changes());
        }
        return changes;
    }

    /** A Secret's content did not come here, so nothing can be said of it. */
    private static List<Change> shown(Item item, Map<String, Object> live) {
        return item.kind().equals("Secret") ? List.of() : Drifted.changes(item, live);
    }
}
