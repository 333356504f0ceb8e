package homelab.doctor.gitops;

import homelab.doctor.Finding;
import homelab.doctor.Item;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pods that still run as their workload said before. */
final class OldPods {
    private OldPods() {}

    /** Images and resources of pods that the workload does not say any more. */
    static Optional<Finding> of(
            RunsAsTold check, Item application, String kind, Item workload, Map<String, List<Pod>> pods) {
        String owner = kind.toLowerCase(Locale.ROOT) + "/" + workload.name();
        List<String> differs = pods.getOrDefault(workload.namespace() + " " + owner, List.of()).stream()
                .filter(pod -> !pod.item().at("metadata.deletionTimestamp").exists())
                .flatMap(pod -> differs(workload, pod).stream())
                .toList();
        if (differs.isEmpty()) {
            return Optional.empty();
        }
        String stuck = new Rollout(workload).stuck();
        String subject = workload.subject(kind);
        Finding finding = stuck.isEmpty()
                ? check.warn(subject, "is being replaced: pods of the older make still run")
                : check.fail(subject, "pods of an older make run: " + stuck);
        return Optional.of(finding.by(differs)
                .fix("homelab gitops drift " + application.name() + "; kubectl -n " + workload.namespace()
                        + " rollout status " + owner));
    }

    private static List<String> differs(Item workload, Pod pod) {
        List<String> all = new ArrayList<>();
        for (Item wanted : workload.items("spec.template.spec.containers")) {
            pod.containers().stream()
                    .filter(is -> is.is("name", wanted.text("name")))
                    .forEach(is -> {
                        String where = pod.subject() + ", container " + wanted.text("name") + ": ";
                        differs(all, where, "image", is, wanted);
                        differs(all, where, "resources.limits.memory", is, wanted);
                        differs(all, where, "resources.requests.memory", is, wanted);
                    });
        }
        return all;
    }

    private static void differs(List<String> all, String where, String what, Item is, Item wanted) {
        boolean same = is.text(what).equals(wanted.text(what))
                || is.quantity(what).isPresent() && is.quantity(what).equals(wanted.quantity(what));
        if (!wanted.text(what).isEmpty() && !same) {
            all.add(where + what + " " + is.text(what) + ", told " + wanted.text(what));
        }
    }
}
