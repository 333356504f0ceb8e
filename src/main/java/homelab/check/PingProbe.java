package homelab.check;

import homelab.check.HostView.PeerView;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Pings from one node to all others, at once: over the LAN, and over the pod network. Takes 3 s at most. */
final class PingProbe {
    private static final String ID = "check:peers";

    /** Stands for the probe when its answer is looked up. */
    static final Probe<Map<NodeName, PeerView>> READING = Probe.of(ID, "", PingProbe::peers);

    private static final String PING = """
            command -v ping >/dev/null || { echo 'ping is not installed (apt-get install iputils-ping)'; exit 1; }
            ask() {
              ping -n -q -c1 -W1 "$3" >/dev/null 2>&1 || ping -n -q -c1 -W2 "$3" >/dev/null 2>&1
              echo "$1 $2 $?"
            }
            """;

    private PingProbe() {}

    static Probe<Map<NodeName, PeerView>> of(Cluster cluster, Node from, Function<Node, Optional<Ip>> podAddress) {
        StringBuilder shell = new StringBuilder(PING);
        for (Node other : cluster.nodes()) {
            if (!other.name().equals(from.name())) {
                ask(shell, other, "lan", other.ip());
                podAddress.apply(other).ifPresent(address -> ask(shell, other, "pods", address));
            }
        }
        return Probe.of(ID, shell.append("wait\n").toString(), PingProbe::peers);
    }

    private static void ask(StringBuilder shell, Node other, String way, Ip address) {
        shell.append("ask %s %s %s &\n".formatted(other.name(), way, address));
    }

    private static Map<NodeName, PeerView> peers(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        Map<NodeName, PeerView> peers = new TreeMap<>();
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ");
            if (words.length == 3) {
                PeerView seen = peers.getOrDefault(new NodeName(words[0]), new PeerView(false, Optional.empty()));
                peers.put(new NodeName(words[0]), with(seen, words[1], words[2].equals("0")));
            }
        }
        return peers;
    }

    private static PeerView with(PeerView seen, String way, boolean answered) {
        return way.equals("lan")
                ? new PeerView(answered, seen.pods())
                : new PeerView(seen.lan(), Optional.of(answered));
    }
}
