package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A release of Helm is in the cluster: chart, version and values as the inventory has them, and each of its objects as
 * it was rendered. To be asked of a server. Whether what it runs is ready is {@link ReleaseReady}'s to say.
 *
 * @param sha256 of the packed chart
 * @param adopt whether what others installed is taken over
 * @param reasons of values that homelab derived, by their path: the value and why
 */
public record Release(ChartRelease wanted, String sha256, boolean adopt, Map<String, String> reasons)
        implements Resource {
    public Release {
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }

    public Release(ChartRelease wanted, String sha256, boolean adopt) {
        this(wanted, sha256, adopt, Map.of());
    }

    @Override
    public String id() {
        return "release " + wanted.title();
    }

    private Probe<ReleaseLook> look() {
        return ReleaseLook.probe(wanted.namespace(), wanted.name());
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(ClusterLook.PROBE, look());
    }

    @Override
    public List<Probe<?>> then(Readings first) {
        if (isNew(first)) {
            return List.of(Rendered.probe(wanted, sha256), rehearsal());
        }
        List<Probe<?>> more = new ArrayList<>();
        if (!items(first).isEmpty()) {
            more.add(Objects.probe(wanted.title(), items(first)));
        }
        if (first.of(look()).known().filter(look -> !own(look).isEmpty()).isPresent()) {
            more.add(rehearsal());
        }
        return more;
    }

    private Probe<Rehearsal> rehearsal() {
        return Rehearsal.probe(wanted, sha256);
    }

    /** Helm knows of none, so nobody has looked yet what lies where it is to be. */
    private boolean isNew(Readings readings) {
        return readings.of(look())
                .known()
                .filter(look -> look.newest().isEmpty())
                .isPresent();
    }

    private List<Item> items(Readings readings) {
        return readings.of(look()).known().flatMap(ReleaseLook::deployed).stream()
                .flatMap(revision -> revision.items().stream())
                .toList();
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(ClusterLook.PROBE),
                cluster -> Status.of(readings.of(look()), look -> judged(cluster, look, readings)));
    }

    private Status judged(ClusterLook cluster, ReleaseLook look, Readings readings) {
        Optional<Status> refused = new Guards(wanted, cluster, look, adopt).refusal();
        if (refused.isPresent()) {
            return refused.get();
        } else if (look.newest().isEmpty()) {
            return rehearsed(
                    readings,
                    played -> Status.of(
                            readings.of(Rendered.probe(wanted, sha256)), rendered -> created(rendered, played)));
        }
        List<Change> own = own(look);
        return own.isEmpty()
                ? compared(cluster, look, readings, own)
                : rehearsed(readings, played -> compared(cluster, look, readings, own));
    }

    private Status rehearsed(Readings readings, Function<Reservations, Status> further) {
        return Status.of(readings.of(rehearsal()), rehearsal -> {
            Reservations reservations = new Reservations(wanted, rehearsal);
            return reservations.refusal().orElseGet(() -> further.apply(reservations));
        });
    }

    private Status compared(ClusterLook cluster, ReleaseLook look, Readings readings, List<Change> own) {
        List<Change> changes = new ArrayList<>(own);
        List<Item> items = items(readings);
        if (!items.isEmpty()) {
            Reading<Objects> objects = readings.of(Objects.probe(wanted.title(), items));
            if (objects instanceof Reading.Unknown<Objects> unknown) {
                return new Status.Unknown(unknown.why());
            }
            Objects live = objects.known().orElseThrow();
            changes.addAll(LiveChanges.of(items, live));
            Optional<Problem> dead = new Unreadable(items, live).problem(id(), !changes.isEmpty());
            if (dead.isPresent()) {
                return new Status.Refused(dead.get());
            }
        }
        Optional<String> chart = cluster.helmChart(wanted.namespace(), wanted.name());
        return changes.isEmpty() && chart.isEmpty()
                ? Status.SAME
                : new Status.Drift(withOwner(look, chart, changes), Worst.RESTART);
    }

    private Status created(Rendered rendered, Reservations reservations) {
        Takeover takeover = new Takeover(wanted, rendered);
        Optional<Status> refused = takeover.refusal(adopt).map(Status.Refused::new);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Change> changes = new ArrayList<>(List.of(new Change(id(), "absent", chart())));
        reasons.forEach((path, why) -> changes.add(new Change("value " + path, "not said", why)));
        List<Change> taken = takeover.changes();
        changes.addAll(taken);
        changes.addAll(reservations.found());
        return new Status.Drift(changes, taken.isEmpty() ? Worst.CREATE : Worst.RESTART);
    }

    /** What Helm itself knows to be otherwise. */
    private List<Change> own(ReleaseLook look) {
        Revision newest = look.newest().orElseThrow();
        List<Change> changes = new ArrayList<>();
        if (!newest.status().equals("deployed")) {
            changes.add(new Change("status", newest.status() + ": " + newest.description(), "deployed"));
        }
        Revision is = look.deployed().orElse(newest);
        if (!is.version().equals(wanted.chart().version())) {
            changes.add(new Change("chart", is.chart() + " " + is.version(), chart()));
        } else if (is.ours() && !sha256.startsWith(is.labels().getOrDefault(Revision.CHART_LABEL, ""))) {
            changes.add(new Change("chart", chart() + " with another content", chart()));
        }
        changes.addAll(Differences.of("values ", is.values(), wanted.values()));
        return changes;
    }

    private String chart() {
        return wanted.chart().name() + " " + wanted.chart().version();
    }

    private static List<Change> withOwner(ReleaseLook look, Optional<String> helmChart, List<Change> changes) {
        if (helmChart.isPresent()) {
            changes.add(0, new Change("owner", "HelmChart " + helmChart.get() + " of k3s", "homelab"));
        } else if (look.newest().filter(Revision::ours).isEmpty()) {
            changes.add(0, new Change("owner", "Helm by hand", "homelab"));
        }
        return changes;
    }

    @Override
    public List<String> kept(Readings readings) {
        return readings.of(look()).known().flatMap(ReleaseLook::newest).stream()
                .filter(newest -> !newest.ours())
                .map(newest -> id() + " was not made by homelab (revision " + newest.number() + ")")
                .toList();
    }

    @Override
    public Deed deed() {
        return ReleaseDeed.of(wanted, sha256, adopt);
    }

    /** New kinds make the API turn requests away for some seconds (429, "storage is (re)initializing"). */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(1);
    }
}
