package homelab.resource.bundled;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Item;
import homelab.resource.helm.Trees;
import homelab.resource.helm.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A component of k3s runs, or is gone. k3s brings it about itself when it starts; this says whether it has. Asked on a server.
 *
 * @param name as k3s's {@code --disable} takes it
 */
public record Component(String name, boolean wanted) implements Resource {
    private static final Map<String, String> RUNS = Map.of(
            "traefik", BundledLook.TRAEFIK,
            "coredns", BundledLook.COREDNS,
            "local-storage", BundledLook.LOCAL_PATH,
            "metrics-server", BundledLook.METRICS_SERVER);

    /** Set by k3s on what it applies from its manifests. */
    private static final String BY_K3S = "objectset.rio.cattle.io/owner-name";

    /** Whether it runs as a Deployment, by which it can be seen. */
    public static boolean isSeen(String name) {
        return RUNS.containsKey(name);
    }

    @Override
    public String id() {
        return wanted ? "component " + name : "no component " + name;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(BundledLook.PROBE), look -> wanted ? there(look) : gone(look));
    }

    private Optional<Map<String, Object>> live(BundledLook look) {
        return look.at(RUNS.getOrDefault(name, name));
    }

    private Status there(BundledLook look) {
        return live(look)
                .map(live -> Workload.unready(Item.of(live, "kube-system"), live, Map.of())
                        .<Status>map(change -> new Status.Drift(List.of(change), Worst.WAIT))
                        .orElse(Status.SAME))
                .orElseGet(() -> new Status.Drift(List.of(new Change(name, "absent", "present")), Worst.WAIT));
    }

    private Status gone(BundledLook look) {
        return live(look).filter(this::ofK3s).isPresent()
                ? new Status.Drift(List.of(new Change(name, "present", "absent")), Worst.WAIT)
                : Status.SAME;
    }

    /** What others installed under the same name is theirs. Traefik's objects are Helm's, and its HelmChart tells whose. */
    private boolean ofK3s(Map<String, Object> live) {
        return Trees.map(live, "metadata", "annotations").containsKey(BY_K3S)
                || Trees.word(live, "metadata", "annotations", "meta.helm.sh/release-name")
                        .equals(name);
    }

    @Override
    public List<String> kept(Readings readings) {
        return readings.of(BundledLook.PROBE).known().flatMap(this::live).stream()
                .filter(live -> !wanted && !ofK3s(live))
                .map(live -> name + " in kube-system was not made by k3s")
                .toList();
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(4);
    }
}
