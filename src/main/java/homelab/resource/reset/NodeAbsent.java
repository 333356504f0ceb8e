package homelab.resource.reset;

import homelab.model.NodeName;
import homelab.probe.Probe;
import java.time.Duration;

/** That the cluster has no Node of that name, asked and done on one of its servers. */
public final class NodeAbsent {
    private static final String KUBECTL = "/usr/local/bin/k3s kubectl --request-timeout=20s ";

    /** A server's Node takes its etcd member along; those that stay may elect a leader before they answer again. */
    private static final Duration UNTIL_ANSWERED = Duration.ofMinutes(1);

    private NodeAbsent() {}

    public static Gone gone(NodeName node) {
        String look =
                Probe.LIFTED + "found=$(" + KUBECTL + "get node " + node + " --ignore-not-found -o name) || exit 1\n"
                        + "if [ -n \"$found\" ]; then printf 'node %s\\ta member\\n' " + node + "; fi\n";
        Gone absent = Gone.of(
                "member " + node,
                look,
                "none of the cluster",
                KUBECTL + "delete node " + node + " --ignore-not-found --timeout=60s >/dev/null\n",
                Duration.ofSeconds(90));
        return absent.within(UNTIL_ANSWERED);
    }
}
