package homelab.resource.longhorn;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A small volume is claimed, written on the first node, let go, and read on every other one; of a single node on that again.
 * What it makes has a name of its own and is removed whatever happens; what a killed try left goes first. It runs in the image of
 * Longhorn's manager, which each of the nodes has already, so that nothing is pulled.
 *
 * @param namespace of Longhorn
 * @param nodes that hold data, at least one
 * @param backup whether the volume is backed up too, and the backup deleted again
 */
public record VolumeTest(String namespace, List<NodeName> nodes, boolean backup) {
    private static final String LOCK = "/run/lock/homelab-storage-test";

    public VolumeTest {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a volume is tried on a node");
        }
    }

    /** What its steps may take together, and time to clean up. */
    public Duration limit() {
        return Duration.ofMinutes(10 + 6L * nodes.size() + (backup ? 10 : 0));
    }

    /**
     * For a server, as root. Prints a line for each step that was done: its name, the node or "-", and seconds. When one
     * fails, the first line on standard error says which and how far it came, the last one how to mend it.
     */
    public String script() {
        return script(LOCK);
    }

    String script(String lock) {
        String words = nodes.stream().map(NodeName::text).collect(Collectors.joining(" "));
        return Probe.LIFTED + "lock=" + Sh.quote(lock) + " ns=" + Sh.quote(namespace) + " nodes=" + Sh.quote(words)
                + "\n" + VolumeScript.PIECES + VolumeScript.WRITE + (backup ? VolumeScript.BACKUP : "")
                + VolumeScript.READ;
    }
}
