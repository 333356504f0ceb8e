package homelab.resource.argo;

import homelab.model.ArgoCd;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.helm.ClusterLook;
import homelab.resource.helm.Trees;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No Application manages Argo CD itself. One that does deletes Argo CD when it is deleted with its finalizer, and with it
 * everything by which that could be undone. Nothing is done about it here: only refused, for it is others' work.
 *
 * @param namespace of Argo CD
 */
public record ArgoItself(String namespace) implements Resource {

    @Override
    public String id() {
        return "Argo CD is nobody's Application";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(ClusterLook.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(ClusterLook.PROBE), this::judged);
    }

    private Status judged(ClusterLook cluster) {
        return LiveApplication.all(cluster)
                .flatMap(application -> refusal(application).stream())
                .findFirst()
                .<Status>map(Status.Refused::new)
                .orElse(Status.SAME);
    }

    private Optional<Problem> refusal(LiveApplication application) {
        List<String> parts = application.partsOfArgo(namespace);
        if (parts.isEmpty() && !rendersTheChart(application)) {
            return Optional.empty();
        }
        String what = parts.isEmpty() ? "the chart " + ArgoCd.RELEASE : String.join(", ", parts);
        String leave = "take it out of its repository and delete it; what it manages stays";
        return Optional.of(Problem.of(
                "Application " + application.name() + " manages Argo CD itself",
                application.cascades()
                        ? "it holds " + what + " and deletes what it manages when it is deleted: Argo CD would delete"
                                + " itself, and nobody would be left to finish or to undo it"
                        : "it holds " + what + ": a bad commit takes away what would take it back",
                application.cascades() ? application.unfinalize() + "; then " + leave : leave));
    }

    private boolean rendersTheChart(LiveApplication application) {
        return application.word("spec", "destination", "namespace").equals(namespace)
                && Stream.concat(
                                Trees.at(application.tree(), "spec", "source").stream(),
                                Trees.list(application.tree(), "spec", "sources").stream())
                        .anyMatch(source -> Trees.word(source, "chart").equals(ArgoCd.RELEASE));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
