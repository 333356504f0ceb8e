package homelab.resource.longhorn;

import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * With this version of Longhorn a volume was written on one of these nodes and read on the others. That it was is remembered
 * at the manager's DaemonSet, so that it goes when Longhorn does. Asked on the leader.
 *
 * @param version of the chart
 * @param storage the nodes that hold data
 * @param away those of them that do not answer; while Longhorn cannot use them either, the test is left for later
 */
public record TriedVolume(String namespace, String version, List<NodeName> storage, Set<NodeName> away)
        implements Resource {
    private static final String NOTE = "homelab/test-volume";

    public TriedVolume {
        storage = List.copyOf(storage);
        away = Set.copyOf(away);
    }

    /** @param version "" when none was tried */
    private record Tried(String version, Set<String> nodes) {
        String told() {
            return version.isEmpty() ? "not tried" : "tried with " + version + " on " + String.join(", ", nodes);
        }
    }

    @Override
    public String id() {
        return "test volume of Longhorn";
    }

    private Probe<Tried> note() {
        String path = "/apis/apps/v1/namespaces/" + namespace + "/daemonsets/longhorn-manager";
        return Probe.of("longhorn:tried", ApiReads.read(path), TriedVolume::parse);
    }

    private static Tried parse(Answer answer) {
        String[] words = JsonAnswer.tree(answer.text())
                .path("metadata")
                .path("annotations")
                .path(NOTE)
                .asText()
                .split(" ", 2);
        return new Tried(words[0], new TreeSet<>(words.length < 2 ? List.of() : List.of(words[1].split(","))));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(note(), LonghornNodes.probe(namespace));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(note()),
                tried -> tried.version().equals(version) && tried.nodes().containsAll(texts(storage))
                        ? Status.SAME
                        : Status.of(readings.of(LonghornNodes.probe(namespace)), nodes -> judged(tried, nodes)));
    }

    private Status judged(Tried tried, LonghornNodes nodes) {
        if (!nodes.installed()) {
            return new Status.Waits("Longhorn is installed", Worst.CREATE);
        }
        List<NodeName> unready =
                storage.stream().filter(node -> !nodes.ready(node)).toList();
        List<NodeName> lost = unready.stream().filter(away::contains).toList();
        if (!lost.isEmpty()) {
            return new Status.NotHere(
                    String.join(", ", texts(lost)) + " stores data and is away; a later run tries it");
        }
        return unready.isEmpty()
                ? Status.drift(Worst.CREATE, id(), tried.told(), "tried with " + version + " on " + told())
                : new Status.Waits("Longhorn's nodes are ready", Worst.CREATE);
    }

    private String told() {
        return String.join(", ", texts(storage));
    }

    private static List<String> texts(List<NodeName> nodes) {
        return nodes.stream().map(NodeName::text).toList();
    }

    @Override
    public Deed deed() {
        VolumeTest test = new VolumeTest(namespace, storage, false);
        String note = NOTE + "=" + version + " "
                + storage.stream().map(NodeName::text).collect(Collectors.joining(","));
        return new Deed.Shell(
                test.script() + "k annotate --overwrite daemonset/longhorn-manager " + Sh.quote(note) + " >&2\n",
                test.limit());
    }
}
