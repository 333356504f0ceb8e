package homelab.resource.argo;

import homelab.model.ArgoCd;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.ClusterLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No Application is left that homelab made and the inventory no longer names. What it brought stays and runs on; one that
 * would take that with it is refused. One that Git makes by now is Git's. Asked on the leader.
 *
 * @param wanted names of those that the inventory means
 */
public record LeftApplications(String namespace, Set<String> wanted) implements Resource {

    private static final String SCRIPT = """
            k3s kubectl -n "$ns" get application -l MANAGED_BY=homelab -o 'jsonpath={range .items[*]}{.metadata.name}|{.metadata.finalizers}|MARKS{"\\n"}{end}' |
              while IFS='|' read -r name finalizers marks; do
                if wanted "$name" || [ -n "$marks" ]; then continue; fi
                case $finalizers in *CASCADE*) continue ;; esac
                k3s kubectl -n "$ns" delete application "$name" >&2
              done
            """.replace("MANAGED_BY", LiveApplication.MANAGED_BY)
            .replace("MARKS", LiveApplication.MARKS_OF_A_PARENT)
            .replace("CASCADE", ArgoCd.CASCADE);

    public LeftApplications {
        wanted = Set.copyOf(wanted);
    }

    @Override
    public String id() {
        return "no Application of an earlier inventory";
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
        List<LiveApplication> left = LiveApplication.all(cluster)
                .filter(one -> one.namespace().equals(namespace) && one.ours())
                .filter(one -> !wanted.contains(one.name()) && one.parent().isEmpty())
                .toList();
        Optional<Problem> against =
                left.stream().filter(LiveApplication::cascades).findFirst().map(this::wouldTakeItsOwn);
        if (against.isPresent()) {
            return new Status.Refused(against.get());
        }
        return left.isEmpty()
                ? Status.SAME
                : new Status.Drift(left.stream().map(this::change).toList(), Worst.DELETE);
    }

    private Change change(LiveApplication one) {
        return new Change(title(one), "present; what it manages stays: " + one.children(), "absent");
    }

    private String title(LiveApplication one) {
        return "Application " + namespace + "/" + one.name();
    }

    private Problem wouldTakeItsOwn(LiveApplication one) {
        return Problem.of(
                title(one) + ": the inventory no longer names it, and its deletion would delete what it manages",
                "it has a " + ArgoCd.CASCADE + " and manages " + one.children(),
                "to keep what it manages: " + one.unfinalize() + "; to keep it: name it in gitops.layers again");
    }

    /** Looks itself at what is there by then, so that none goes that has become Git's or got a finalizer. */
    @Override
    public Deed deed() {
        return new Deed.Shell(
                "set -eu\nns=" + Sh.quote(namespace) + "\n" + wantedNames() + SCRIPT, Duration.ofSeconds(60));
    }

    private String wantedNames() {
        return "wanted() { case $1 in "
                + wanted.stream()
                        .sorted()
                        .map(name -> Sh.quote(name) + ") return 0 ;; ")
                        .collect(Collectors.joining())
                + "*) return 1 ;; esac; }\n";
    }
}
