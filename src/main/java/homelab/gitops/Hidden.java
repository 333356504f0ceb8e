package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why an object of the cluster is otherwise than Git's files, and who made it so. */
final class Hidden {
    private Hidden() {}

    /** Nothing where a sync that is due is all there is to it: Argo CD tells of that itself. */
    static Optional<Finding> why(Application application, Id id, JsonNode live, Set<String> differing) {
        List<Owner> owners = differing.stream()
                .flatMap(what -> Owner.of(live, field(what)).stream().limit(1))
                .distinct()
                .toList();
        if (!application.isSynced() && owners.stream().allMatch(Owner::isArgo)) {
            return Optional.empty();
        }
        return Optional.of(judged(application, id, owners, String.join(", ", differing) + by(owners)));
    }

    private static Finding judged(Application application, Id id, List<Owner> owners, String what) {
        String pause = "homelab gitops drift " + application.name();
        List<String> rules = ignoring(application, id);
        if (!application.isSynced()) {
            return Finding.wrong("ChangedByOther", id, what, pause);
        } else if (newer(owners, application.reconciled())) {
            return Finding.wrong(
                    "ComparisonOld", id, what + "; Argo CD has not looked since, its word is older than that", pause);
        } else if (!rules.isEmpty()) {
            return Finding.wrong(
                    "DifferenceIgnored",
                    id,
                    what + "; Argo CD is told not to compare " + String.join(", ", rules) + " (ignoreDifferences)",
                    "take it out of ignoreDifferences, or out of Git, so that one place says it");
        }
        return Finding.wrong(
                "DifferenceHidden",
                id,
                what + "; Argo CD does not count it (a customization in argocd-cm, or compare-options)",
                pause);
    }

    /** In an object that Argo CD synced, its own name says nothing of who did it. */
    private static String by(List<Owner> owners) {
        String names = owners.stream()
                .filter(owner -> !owner.isArgo())
                .map(owner -> owner.manager()
                        + owner.time().map(time -> " at " + time).orElse(""))
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? " is otherwise in the cluster" : " set by " + names;
    }

    private static boolean newer(List<Owner> owners, Optional<Instant> looked) {
        return owners.stream()
                .flatMap(owner -> owner.time().stream())
                .anyMatch(time -> looked.isPresent() && time.isAfter(looked.get()));
    }

    static List<String> ignoring(Application application, Id id) {
        return application.ignored().stream()
                .filter(rule -> rule.covers(id))
                .flatMap(rule -> rule.by().stream())
                .toList();
    }

    /** Where a value that {@link Values} names lies. */
    static Field field(String what) {
        if (!what.contains(" of ")) {
            return Field.at("spec", what);
        }
        String[] words = what.split(" of ", 2);
        JsonNode container = Json.tree((Object) java.util.Map.of("name", words[1]));
        return Field.at("spec", "template", "spec", "containers")
                .then(container)
                .then(words[0]);
    }
}
