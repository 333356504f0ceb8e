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
import homelab.resource.helm.Differences;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Application by which Argo CD begins: one that nothing in Git makes, so that nothing in Git corrects it. Its spec is
 * compared and written as a whole. It gets no finalizer unless that was asked for, and one that it has is never taken
 * away unseen. Asked on the leader.
 *
 * @param spec in the order of its fields; String, Integer, Boolean and Map of these
 * @param wave its place in the order, for people
 * @param cascade whether its deletion is to delete what it manages
 */
public record RootApplication(String namespace, String name, Map<String, Object> spec, int wave, boolean cascade)
        implements Resource {

    @Override
    public String id() {
        return "Application " + namespace + "/" + name;
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
        if (cluster.applications().isEmpty()) {
            return new Status.Waits("Argo CD is installed", Worst.CREATE);
        }
        Optional<LiveApplication> found = LiveApplication.find(cluster, namespace, name);
        return found.flatMap(this::refusal)
                .<Status>map(Status.Refused::new)
                .orElseGet(() -> found.map(this::compared).orElseGet(this::absent));
    }

    private Status absent() {
        List<Change> changes = new ArrayList<>(List.of(new Change(id(), "absent", "present")));
        changes.addAll(Differences.of("spec.", Map.of(), spec));
        if (cascade) {
            changes.add(cascading());
        }
        return new Status.Drift(changes, Worst.CREATE);
    }

    private static Change cascading() {
        return new Change("metadata.finalizers", "absent", ArgoCd.CASCADE + ": its deletion deletes what it manages");
    }

    private Status compared(LiveApplication live) {
        List<Change> changes = new ArrayList<>(Differences.of("spec.", live.spec(), spec));
        if (!live.wave().equals(String.valueOf(wave))) {
            changes.add(new Change("wave", live.wave(), String.valueOf(wave)));
        }
        if (cascade && !live.cascades()) {
            changes.add(cascading());
        }
        if (changes.isEmpty()) {
            return Status.SAME;
        }
        if (!live.ours()) {
            changes.add(0, new Change("owner", "somebody", "homelab"));
        }
        return new Status.Drift(changes, Worst.CHANGE);
    }

    private Optional<Problem> refusal(LiveApplication live) {
        if (live.deleting()) {
            return Optional.of(Problem.of(
                    id() + ": is being deleted",
                    live.cascades() ? "what it manages goes first: " + live.children() : "what it manages stays",
                    live.cascades() ? "to keep what is left: " + live.unfinalize() : "wait for its end"));
        } else if (live.cascades() && !cascade) {
            return Optional.of(Problem.of(
                    id() + ": its deletion would delete what it manages",
                    "it has a " + ArgoCd.CASCADE + ", for which the inventory does not ask, and it manages "
                            + live.children(),
                    live.unfinalize() + ", or, if that is what you want, resources-finalizer: true in the inventory"));
        }
        return live.parent()
                .map(parent -> Problem.of(
                        id() + ": is made by the " + parent,
                        "what is changed here, that would set back",
                        "give it another name in the inventory, or leave it to Git"));
    }

    @Override
    public List<String> kept(Readings readings) {
        return readings
                .of(ClusterLook.PROBE)
                .known()
                .flatMap(cluster -> LiveApplication.find(cluster, namespace, name))
                .filter(live -> !live.ours())
                .map(live -> id() + " was not made by homelab")
                .stream()
                .toList();
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(script(), Duration.ofSeconds(60));
    }

    private String script() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", namespace);
        metadata.put("labels", Map.of(LiveApplication.MANAGED_BY, "homelab"));
        metadata.put("annotations", Map.of(LiveApplication.WAVE, String.valueOf(wave)));
        if (cascade) {
            metadata.put("finalizers", List.of(ArgoCd.CASCADE));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "argoproj.io/v1alpha1");
        object.put("kind", "Application");
        object.put("metadata", metadata);
        object.put("spec", spec);
        // The whole spec is replaced: what somebody added there, a merge would leave.
        String whole = "[{\"op\":\"add\",\"path\":\"/spec\",\"value\":" + Trees.text(spec) + "}]";
        return "set -eu\nkube() { k3s kubectl -n " + Sh.quote(namespace) + " \"$@\" >&2; }\nname=" + Sh.quote(name)
                + "\n"
                + "if kube get application \"$name\" 2>/dev/null; then\n"
                + Sh.feed(whole, "kube patch application \"$name\" --type=json --patch-file=/dev/stdin")
                + Sh.feed(
                        Trees.text(Map.of("metadata", metadata)),
                        "kube patch application \"$name\" --type=merge --patch-file=/dev/stdin")
                + "else\n" + Sh.feed(Trees.text(object), "kube create -f -") + "fi\n";
    }
}
