package homelab.doctor.gitops;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import java.util.List;
import java.util.stream.Stream;

/** The Applications of Argo CD, without addresses of repositories and without values: logins may stand in them. */
final class Applications {
    static final String ABSENT = "Argo CD is not installed";
    private static final List<String> SOURCE = List.of(
            "path",
            "chart",
            "targetRevision",
            "helm.valueFiles",
            "helm.values?",
            "helm.valuesObject?",
            "helm.parameters.name");

    static final Listing ALL = new Listing(
            "applications",
            "/apis/argoproj.io/v1alpha1/applications",
            Stream.of(
                            Stream.of(
                                    "metadata.name",
                                    "metadata.namespace",
                                    "metadata.ownerReferences",
                                    "metadata.finalizers",
                                    "metadata.creationTimestamp",
                                    "spec.syncPolicy",
                                    "status.resources",
                                    "status.sync.status",
                                    "status.health.status",
                                    "status.operationState.phase",
                                    "status.operationState.message",
                                    "status.operationState.startedAt",
                                    "status.operationState.finishedAt",
                                    "status.conditions",
                                    "status.reconciledAt"),
                            SOURCE.stream().map(field -> "spec.source." + field),
                            SOURCE.stream().map(field -> "spec.sources." + field))
                    .flatMap(fields -> fields)
                    .toList());

    private Applications() {}

    static List<Item> all(House house) {
        return Item.of(house, ALL);
    }

    static List<Item> sources(Item application) {
        Item one = application.at("spec.source");
        return one.exists() ? List.of(one) : application.items("spec.sources");
    }

    static boolean isAutomated(Item application) {
        Item automated = application.at("spec.syncPolicy.automated");
        return automated.exists() && !automated.is("enabled", "false");
    }
}
