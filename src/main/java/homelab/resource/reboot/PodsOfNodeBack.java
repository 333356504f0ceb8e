package homelab.resource.reboot;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.OfNode;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every node has of its own does its work on this one: network, storage, log shippers. Without them pods that come find
 * no volume. Asked on a server.
 *
 * @param but DaemonSets, NAMESPACE/NAME, that did not do their work there before either: nobody waits for them
 */
public record PodsOfNodeBack(NodeName node, Set<String> but) implements Resource, OfNode {
    private static final int LARGE = 4 << 20;

    public PodsOfNodeBack {
        but = Set.copyOf(but);
    }

    private Probe<Set<String>> probe() {
        return ApiReads.probe(
                        "own pods of " + node,
                        "/api/v1/pods?fieldSelector=spec.nodeName%3D" + node,
                        PodsOfNodeBack::parse)
                .upTo(LARGE);
    }

    private static Set<String> parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("no API answers there (exit code " + answer.exit() + ")");
        }
        Set<String> sick = new TreeSet<>();
        for (JsonNode pod : JsonAnswer.tree(answer.text()).path("items")) {
            owner(pod).filter(name -> !ready(pod)).ifPresent(sick::add);
        }
        return sick;
    }

    private static Optional<String> owner(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (owner.path("kind").asText().equals("DaemonSet")) {
                return Optional.of(metadata.path("namespace").asText() + "/"
                        + owner.path("name").asText());
            }
        }
        return Optional.empty();
    }

    private static boolean ready(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** DaemonSets whose pod does not do its work there; empty where that is not known. */
    public Set<String> sick(Readings readings) {
        return readings.of(probe()).known().orElse(Set.of());
    }

    @Override
    public String id() {
        return "own pods of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Set<String> sick) {
        List<Change> changes = sick.stream()
                .filter(name -> !but.contains(name))
                .map(name -> new Change("DaemonSet " + name, "not Ready on " + node, "Ready"))
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
}
