package homelab.resource;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/** A node takes no new pods and has none but those of daemon sets. Asked and done on a server. */
public record Drained(NodeName node) implements Resource {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String KUBECTL = "/usr/local/bin/k3s kubectl --request-timeout=20s ";

    /** Namespace, name and the kind of the owner of each pod there, and whether the node takes pods. */
    private Probe<String> probe() {
        return Probe.text(
                "drained:" + node,
                Probe.LIFTED + "set -e\n"
                        + KUBECTL + "get node " + node + " -o jsonpath='{.spec.unschedulable}{\"\\n\"}'\n"
                        + KUBECTL + "get pods -A --field-selector spec.nodeName=" + node
                        + ",status.phase!=Succeeded,status.phase!=Failed -o jsonpath='{range .items[*]}"
                        + "{.metadata.ownerReferences[0].kind} {.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}'\n");
    }

    @Override
    public String id() {
        return "pods of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), text -> {
            List<String> lines = text.lines().toList();
            boolean cordoned = !lines.isEmpty() && lines.get(0).equals("true");
            List<Change> pods = lines.stream()
                    .skip(cordoned ? 1 : 0)
                    .map(String::strip)
                    .filter(line -> line.contains("/") && !line.startsWith("DaemonSet ") && !line.startsWith("Node "))
                    .map(line ->
                            new Change("pod " + line.replaceFirst("^\\S+ ", ""), "on " + node, "elsewhere, or waiting"))
                    .toList();
            if (!pods.isEmpty()) {
                return new Status.Drift(pods, Worst.RESTART);
            }
            return cordoned ? Status.SAME : Status.drift(Worst.CHANGE, "node " + node, "takes pods", "takes none");
        });
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                KUBECTL + "drain " + node
                        + " --ignore-daemonsets --delete-emptydir-data --force --timeout=180s 2>&1 | tail -n 5 >&2\n"
                        + "[ \"$(" + KUBECTL + "get node " + node
                        + " -o jsonpath='{.spec.unschedulable}')\" = true ]\n",
                LIMIT);
    }
}
