package homelab.doctor.gitops;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** GITOPS-004: what runs is what the Application says: one place for values, and no pods of an older make. */
final class RunsAsTold implements ApiCheck {
    static final Map<String, Listing> WORKLOADS = Map.of(
            "Deployment", workloads("deployments"),
            "StatefulSet", workloads("statefulsets"),
            "DaemonSet", workloads("daemonsets"));

    private static Listing workloads(String plural) {
        return new Listing(
                plural,
                "/apis/apps/v1/" + plural,
                List.of(
                        "metadata.name",
                        "metadata.namespace",
                        "metadata.generation",
                        "spec.replicas",
                        "spec.paused",
                        "spec.updateStrategy",
                        "spec.template.spec.containers.name",
                        "spec.template.spec.containers.image",
                        "spec.template.spec.containers.resources",
                        "status.observedGeneration",
                        "status.conditions"));
    }

    @Override
    public String id() {
        return "GITOPS-004";
    }

    @Override
    public List<Listing> listings() {
        return List.of(
                Applications.ALL,
                WORKLOADS.get("Deployment"),
                WORKLOADS.get("StatefulSet"),
                WORKLOADS.get("DaemonSet"),
                Objects.PODS,
                Retention.RUN,
                Retention.TOLD);
    }

    @Override
    public List<Listing> needed() {
        return listings().stream().filter(listing -> listing != Retention.TOLD).toList();
    }

    @Override
    public String without() {
        return Applications.ABSENT;
    }

    @Override
    public List<Finding> found(House house) {
        Map<String, List<Pod>> pods =
                Pod.alive(house).stream().collect(Collectors.groupingBy(pod -> pod.namespace() + " " + pod.owner()));
        List<Finding> findings = new ArrayList<>(Retention.judge(this, house));
        for (Item application : Applications.all(house)) {
            twice(application).ifPresent(findings::add);
            application
                    .items("status.resources")
                    .forEach(one -> workload(house, one)
                            .flatMap(workload -> OldPods.of(this, application, one.text("kind"), workload, pods))
                            .ifPresent(findings::add));
        }
        return orPass(findings, "what runs is what the Applications say");
    }

    private Optional<Finding> twice(Item application) {
        boolean twice = Applications.sources(application).stream()
                .anyMatch(source -> !source.items("helm.valueFiles").isEmpty() && inline(source));
        return twice
                ? Optional.of(warn(
                                application.subject("Application"),
                                "takes values from files and from itself: what it holds itself wins, unseen in the files")
                        .by("helm.valueFiles beside helm.values, valuesObject or parameters")
                        .fix("keep them in one place: move what the Application holds into the file"))
                : Optional.empty();
    }

    private static boolean inline(Item source) {
        return source.at("helm.values").exists()
                || source.at("helm.valuesObject").exists()
                || !source.items("helm.parameters").isEmpty();
    }

    private static Optional<Item> workload(House house, Item managed) {
        return Optional.ofNullable(WORKLOADS.get(managed.text("kind")))
                .filter(listing -> managed.is("group", "apps"))
                .flatMap(listing -> Item.of(house, listing).stream()
                        .filter(one -> one.name().equals(managed.text("name"))
                                && one.namespace().equals(managed.text("namespace")))
                        .findFirst());
    }
}
