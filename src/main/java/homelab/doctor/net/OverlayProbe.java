package homelab.doctor.net;

import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sizes of packets that a node may send, and whether the largest arrive whole. Takes 5 s at most. */
final class OverlayProbe {
    private static final String ID = "doctor:mtu";

    /** Stands for the probe when its answer is looked up. */
    static final Probe<Seen> READING = Probe.of(ID, "", OverlayProbe::parse);

    /** What IP's and ICMP's headers take of a packet, which a ping of a size does not count. */
    private static final int HEADERS_4 = 28;

    private static final int HEADERS_6 = 48;

    private static final String ASK = """
            dev=$(ip -o addr show to "$self" 2>/dev/null | awk '{ print $2; exit }')
            read -r lan </sys/class/net/${dev:-none}/mtu 2>/dev/null && echo "mtu lan $lan"
            for tunnel in flannel.1 flannel-wg cni0; do
              read -r pods </sys/class/net/$tunnel/mtu 2>/dev/null && echo "mtu $tunnel $pods" && break
            done
            command -v ping >/dev/null || exit 0
            whole() { ping -n -q -c1 -W1 -M do -s "$2" "$1" >/dev/null 2>&1 || ping -n -q -c1 -W2 -M do -s "$2" "$1" >/dev/null 2>&1; }
            ask() {
              [ -n "$3" ] || return 0
              whole "$2" 56 || return 0
              whole "$2" $(($3 - $4)); echo "ping $1 $? $3"
            }
            """;

    private OverlayProbe() {}

    /**
     * @param mtus by device: "lan", and the tunnel's end by its name; bytes
     * @param arrived by "lan NODE" and "pods NODE"; where small pings do not get through either, nothing is said of large
     */
    record Seen(Map<String, Integer> mtus, Map<String, Boolean> arrived) {
        Seen {
            mtus = Map.copyOf(mtus);
            arrived = Map.copyOf(arrived);
        }
    }

    static Probe<Seen> of(House house, Node from) {
        StringBuilder shell = new StringBuilder("self=" + from.ip() + "\n" + ASK);
        for (Node other : house.cluster().nodes()) {
            if (!other.equals(from)) {
                ask(shell, "'lan " + other.name() + "'", other.ip(), "$lan");
                tunnelEnd(house, other).ifPresent(end -> ask(shell, "'pods " + other.name() + "'", end, "$pods"));
            }
        }
        return Probe.of(ID, shell.append("wait\n:\n").toString(), OverlayProbe::parse);
    }

    private static void ask(StringBuilder shell, String what, Ip to, String size) {
        shell.append("ask %s %s \"%s\" %d &\n".formatted(what, to, size, to.isV6() ? HEADERS_6 : HEADERS_4));
    }

    /** A tunnel's end has the network's own address; without a tunnel there is only the bridge, one above it. */
    static Optional<Ip> tunnelEnd(House house, Node node) {
        int above = house.cluster().k3s().backend() == Backend.HOST_GW ? 1 : 0;
        return house.fact(node, Facts::k3s)
                .known()
                .flatMap(k3s -> k3s.podCidr())
                .map(cidr -> Cidr.parse(cidr).nth(above));
    }

    private static Seen parse(Answer answer) {
        Map<String, Integer> mtus = new HashMap<>();
        Map<String, Boolean> arrived = new HashMap<>();
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ");
            if (words.length == 3 && words[0].equals("mtu")) {
                mtus.put(words[1], Integer.parseInt(words[2]));
            } else if (words.length == 5 && words[0].equals("ping")) {
                arrived.put(words[1] + " " + words[2], words[3].equals("0"));
            }
        }
        return new Seen(mtus, arrived);
    }
}
