package homelab.resource.reboot;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.drain.Pod;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * What every node has of its own does its work on this one: network, storage, log shippers. Without them pods that come find
 * no volume. Asked on a server.
 *
 * @param but DaemonSets, NAMESPACE/NAME, that did not do their work there before either: nobody waits for them
 */
public record PodsOfNodeBack(NodeName node, Set<String> but) implements Resource, OfNode {
    private static final String DAEMON_SET = "DaemonSet ";

    public PodsOfNodeBack {
        but = Set.copyOf(but);
    }

    private Probe<String> probe() {
        return ApiReads.whole("own pods of " + node, "/api/v1/pods?fieldSelector=spec.nodeName%3D" + node);
    }

    private static Set<String> sick(String pods) {
        Set<String> sick = new TreeSet<>();
        for (JsonNode item : JsonAnswer.tree(pods).path("items")) {
            Pod pod = Pod.of(item);
            if (pod.owner().startsWith(DAEMON_SET) && !pod.ready()) {
                sick.add(pod.namespace() + "/" + pod.owner().substring(DAEMON_SET.length()));
            }
        }
        return sick;
    }

    /** DaemonSets whose pod does not do its work there; empty where that is not known. */
    public Set<String> sick(Readings readings) {
        return readings.of(probe()).known().map(PodsOfNodeBack::sick).orElse(Set.of());
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
        return Status.of(readings.of(probe()), pods -> judged(sick(pods)));
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
