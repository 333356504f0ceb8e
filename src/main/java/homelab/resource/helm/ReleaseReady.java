package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.NodeList;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a release runs is ready, by the account of each controller. To be asked of a server. */
public record ReleaseReady(ChartRelease release) implements Resource {

    @Override
    public String id() {
        return "workloads of " + release.title();
    }

    private Probe<ReleaseLook> look() {
        return ReleaseLook.probe(release.namespace(), release.name());
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look(), NodeList.PROBE);
    }

    @Override
    public List<Probe<?>> then(Readings first) {
        List<Item> items = items(first);
        return items.isEmpty() ? List.of() : List.of(Objects.probe(release.title(), items));
    }

    private List<Item> items(Readings readings) {
        return readings.of(look()).known().flatMap(ReleaseLook::deployed).stream()
                .flatMap(revision -> revision.items().stream())
                .toList();
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(look()), look -> judged(look, readings));
    }

    private Status judged(ReleaseLook look, Readings readings) {
        if (look.deployed().isEmpty()) {
            return new Status.Waits("release " + release.title() + " is installed", Worst.WAIT);
        }
        List<Item> items = items(readings);
        return items.isEmpty()
                ? Status.SAME
                : Status.of(
                        readings.of(Objects.probe(release.title(), items)),
                        live -> judged(items, live, away(readings)));
    }

    private static long away(Readings readings) {
        return readings.of(NodeList.PROBE).known().stream()
                .flatMap(list -> list.byName().values().stream())
                .filter(node -> !node.is("Ready"))
                .count();
    }

    private static Status judged(List<Item> items, Objects live, long away) {
        List<Change> changes = items.stream()
                .flatMap(item ->
                        live.live(item).flatMap(object -> Workload.unready(item, object, live.pods(), away)).stream())
                .toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(10);
    }

    /** What kept its pods from running, as the scheduler and the kubelet told it. */
    @Override
    public Optional<Probe<String>> diagnosis() {
        String namespace = Sh.quote(release.namespace());
        return Optional.of(
                Probe.text(
                        "events of " + release.namespace(),
                        Probe.LIFTED + "k3s kubectl -n " + namespace
                                + " get events --field-selector type=Warning --sort-by=.lastTimestamp --no-headers | tail -n 5"));
    }
}
