package homelab.doctor.gitops;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long Prometheus keeps what it measures: as its object says, or as its pods run. It is the argument that decides how
 * full its volume gets, and it has been told without being followed.
 */
final class Retention {
    /** Of the Prometheus Operator (its documentation, "API reference"); missing where somebody else installed it. */
    static final Listing TOLD = new Listing(
            "prometheuses.monitoring.coreos.com",
            "/apis/monitoring.coreos.com/v1/prometheuses",
            List.of("metadata.name", "metadata.namespace", "spec.retention", "spec.retentionSize"));

    /** All other arguments stay unread: passwords may stand in them. */
    private static final String ARGUMENT = "--storage.tsdb.retention.";

    static final Listing RUN = new Listing("pods", "/api/v1/pods", List.of("spec.containers.args~" + ARGUMENT));

    /** What the operator writes on the pods of a Prometheus. */
    private static final String LABEL = "operator.prometheus.io/name";

    private Retention() {}

    static List<Finding> judge(RunsAsTold check, House house) {
        List<Pod> pods = Pod.alive(house);
        return Item.of(house, TOLD).stream()
                .flatMap(told -> one(check, told, pods).stream())
                .toList();
    }

    private static Optional<Finding> one(RunsAsTold check, Item told, List<Pod> pods) {
        List<String> differs = new ArrayList<>();
        pods.stream()
                .filter(pod -> pod.namespace().equals(told.namespace())
                        && told.name().equals(pod.item().map("metadata.labels").get(LABEL)))
                .forEach(pod -> pod.containers().stream()
                        .flatMap(container -> container.words("args").stream())
                        .forEach(argument -> {
                            differs(differs, pod, argument, "time", told.text("spec.retention"));
                            differs(differs, pod, argument, "size", told.text("spec.retentionSize"));
                        }));
        return differs.isEmpty()
                ? Optional.empty()
                : Optional.of(check.fail(told.subject("Prometheus"), "runs with another retention than it was told")
                        .by(differs)
                        .fix("kubectl -n " + told.namespace()
                                + " logs deployment/OPERATOR says why it was not rolled out;"
                                + " kubectl -n " + told.namespace() + " get statefulset prometheus-" + told.name()
                                + " -o yaml"));
    }

    private static void differs(List<String> differs, Pod pod, String argument, String what, String told) {
        String begins = ARGUMENT + what + "=";
        if (!told.isEmpty() && argument.startsWith(begins) && !argument.equals(begins + told)) {
            differs.add(pod.subject() + ": " + argument + ", told " + told);
        }
    }
}
