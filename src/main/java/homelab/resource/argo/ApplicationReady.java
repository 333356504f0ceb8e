package homelab.resource.argo;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Api;
import homelab.resource.helm.ClusterLook;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Git says of an Application was brought into the cluster once, and is healthy. Whether it has changed since is not
 * asked here: a Git that is away for an hour is no reason to hold up the work on nodes. Asked on the leader.
 */
public record ApplicationReady(String namespace, String name) implements Resource {
    /** Argo CD asks again by itself, and its parts come up one after another: a first failure says little. */
    private static final Duration MAY_PASS = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "Application " + namespace + "/" + name + " healthy";
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
        return LiveApplication.find(cluster, namespace, name)
                .map(ApplicationReady::judged)
                .orElseGet(() -> new Status.Waits("there is an Application " + name, Worst.WAIT));
    }

    private static Status judged(LiveApplication live) {
        if (live.paused()) {
            return new Status.NotHere("it is paused");
        }
        String health = live.word("status", "health", "status");
        boolean synced = live.word("status", "sync", "status").equals("Synced") || wasSynced(live);
        return synced && health.equals("Healthy")
                ? Status.SAME
                : Status.drift(Worst.WAIT, "Application " + live.name(), told(live), "Synced, Healthy");
    }

    /** Just after a sync the health is that of before, until Argo CD has looked again. */
    private static boolean wasSynced(LiveApplication live) {
        return !Trees.list(live.tree(), "status", "history").isEmpty()
                && live.word("status", "reconciledAt").compareTo(live.word("status", "operationState", "finishedAt"))
                        > 0;
    }

    private static String told(LiveApplication live) {
        String sync = live.word("status", "sync", "status");
        String health = live.word("status", "health", "status");
        String words = (sync.isEmpty() ? "not compared yet" : sync) + (health.isEmpty() ? "" : ", " + health);
        String doing = live.word("status", "operationState", "message");
        String errors = errors(live.tree());
        String why = !errors.isEmpty() ? errors : health.equals("Healthy") || doing.isEmpty() ? sick(live) : doing;
        return why.isEmpty() ? words : words + ": " + why;
    }

    /** What of it is not healthy. */
    private static String sick(LiveApplication live) {
        return Trees.list(live.tree(), "status", "resources").stream()
                .filter(one -> !List.of("", "Healthy", "Suspended").contains(Trees.word(one, "health", "status")))
                .map(one -> Trees.word(one, "kind") + " " + Trees.word(one, "name") + " is "
                        + Trees.word(one, "health", "status") + " " + Trees.word(one, "health", "message"))
                .map(String::strip)
                .collect(Collectors.joining("; "));
    }

    private static String errors(Object application) {
        return Trees.list(application, "status", "conditions").stream()
                .filter(one -> Trees.word(one, "type").endsWith("Error"))
                .map(one -> Trees.word(one, "message"))
                .collect(Collectors.joining("; "));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        String path = "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/applications/" + name + "?pretty=false";
        return List.of(Probe.of(
                id() + ": why not",
                Api.GET + "date +%s\necho " + Sh.quote(path) + " | get application/json\n",
                ApplicationReady::lasting));
    }

    /** An error that Argo CD has told for long enough; a sync that it gave up. */
    private static Optional<String> lasting(Answer answer) {
        String[] parts = answer.text().split("\n", 2);
        List<Api.Got> got = Api.read(parts.length < 2 ? "" : parts[1]);
        if (got.size() != 1 || !got.get(0).found()) {
            return Optional.empty();
        }
        Instant now = Instant.ofEpochSecond(Long.parseLong(parts[0].strip()));
        Map<String, Object> application = Trees.json(got.get(0).body());
        boolean lasts = Trees.list(application, "status", "conditions").stream()
                .filter(one -> Trees.word(one, "type").endsWith("Error"))
                .anyMatch(one -> before(Trees.word(one, "lastTransitionTime"), now));
        boolean gaveUp =
                Trees.word(application, "status", "operationState", "phase").matches("Failed|Error")
                        && before(Trees.word(application, "status", "operationState", "finishedAt"), now);
        if (lasts) {
            return Optional.of(errors(application));
        }
        return gaveUp ? Optional.of(Trees.word(application, "status", "operationState", "message")) : Optional.empty();
    }

    private static boolean before(String time, Instant now) {
        try {
            return Instant.parse(time).plus(MAY_PASS).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
