package homelab.doctor.net;

import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** Connections from one node to the ports of all others that it needs, opened at once and closed again. Takes 4 s at most. */
final class PortProbe {
    /** How long one may take; a Pi under load answers within tenths of a second. */
    static final String TRY = """
            connect() {
              if [ -n "$bash" ]; then timeout 3 bash -c ": </dev/tcp/$1/$2" 2>/dev/null
              else timeout 3 nc -z "$1" "$2" 2>/dev/null; fi
            }
            bash=$(command -v bash) || command -v nc >/dev/null || { echo 'there is neither bash nor nc'; exit 1; }
            """;

    private static final String ASK = TRY + "ask() { connect \"$2\" \"$3\"; echo \"$1 $3 $?\"; }\n";

    private PortProbe() {}

    /**
     * What came of one.
     *
     * @param exit 0 when it was opened, 124 when nothing answered
     */
    record Tried(String to, int port, int exit) {
        boolean open() {
            return exit == 0;
        }

        /** Nothing came back: a firewall that drops does this, a port that nobody listens on refuses at once. */
        boolean silent() {
            return exit == 124 || exit == 143;
        }

        String text(String from) {
            String why = silent() ? "no answer, as behind a firewall" : "refused, nobody listens";
            return from + " -> " + to + ":" + port + ": " + why;
        }
    }

    static Probe<List<Tried>> of(Cluster cluster, Node from) {
        StringBuilder shell = new StringBuilder(ASK);
        cluster.nodes().stream()
                .filter(other -> !other.equals(from))
                .forEach(other -> ports(from, other)
                        .forEach(port ->
                                shell.append("ask %s %s %d &\n".formatted(other.name(), literal(other.ip()), port))));
        return Probe.of("doctor:ports", shell.append("wait\n").toString(), PortProbe::parse);
    }

    private static String literal(Ip ip) {
        return ip.toString();
    }

    /** k3s docs, "Requirements": the API and kubelets for all nodes, etcd among servers. */
    private static List<Integer> ports(Node from, Node to) {
        List<Integer> ports = new ArrayList<>(List.of(10250));
        if (to.isServer()) {
            ports.add(6443);
        }
        if (from.isServer() && to.isServer()) {
            ports.addAll(List.of(2379, 2380));
        }
        return ports;
    }

    private static List<Tried> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Tried> tried = new ArrayList<>();
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ");
            if (words.length == 3) {
                tried.add(new Tried(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            }
        }
        return tried;
    }
}
