package homelab.doctor.net;

import homelab.doctor.House;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As whom pods of a host are seen by another node: a connection is opened in the place of three pods, and the host's table
 * of connections tells the address to which answers come back. Takes 7 s at most.
 */
final class SourceProbe {
    private static final String ID = "doctor:sources";

    /** Stands for the probe when its answer is looked up. */
    static final Probe<Seen> READING = Probe.of(ID, "", SourceProbe::parse);

    /** k3s brings a conntrack along; where there is none, most kernels show the table as a file. */
    private static final String ASK = """
            command -v nsenter >/dev/null && command -v bash >/dev/null || { echo 'nsenter or bash is missing'; exit 1; }
            PATH=$PATH:/usr/sbin:/sbin:/var/lib/rancher/k3s/data/current/bin:/var/lib/rancher/k3s/data/current/bin/aux
            proc=/proc/net/nf_conntrack
            if command -v conntrack >/dev/null; then how=conntrack; elif [ -r $proc ]; then how=file
            else echo "there is neither conntrack nor $proc"; exit 1; fi
            flows() {
              if [ $how = conntrack ]; then timeout 4 conntrack -L -f $family -p tcp -s "$1" -d "$2" 2>/dev/null
              else grep -F "src=$1 dst=$2 " $proc; fi
            }
            ask() {
              timeout 2 nsenter --net="$1" bash -c ': <>/dev/tcp/$0/10250' "$4" 2>/dev/null
              echo "seen $2 $3 $(flows "$3" "$4" | awk '/dport=10250 / { for (i = 1; i <= NF; i++) if ($i ~ /^dst=/ && ++n == 2) { print substr($i, 5); exit } }')"
            }
            n=0
            for ns in /run/netns/cni-*; do
              [ -e "$ns" ] && [ "$n" -lt 3 ] || continue
              pod=$(nsenter --net="$ns" ip -o $ip addr show scope global 2>/dev/null | awk '{ sub("/.*", "", $4); print $4; exit }')
              [ -n "$pod" ] || continue
              n=$((n + 1)); ask "$ns" pods "$pod" "$pods" & ask "$ns" host "$pod" "$host" &
            done
            wait
            :
            """;

    private SourceProbe() {}

    /**
     * What one connection showed.
     *
     * @param to "pods" for an address of the pod network on the other node, "host" for the node's own
     * @param pod who asked
     * @param as the address to which the answer comes back; empty where the connection never left
     */
    record Flow(String to, String pod, String as) {}

    /** @param flows one for each pod that was asked for and each address; none where no pod runs */
    record Seen(List<Flow> flows) {
        Seen {
            flows = List.copyOf(flows);
        }

        List<Flow> to(String kind) {
            return flows.stream()
                    .filter(flow -> flow.to().equals(kind) && !flow.as().isEmpty())
                    .toList();
        }
    }

    /** Of the first other node whose part of the pod network is known: what changes addresses is on this host. */
    static Optional<Probe<Seen>> of(House house, Node from) {
        return house.cluster().nodes().stream()
                .filter(other -> !other.equals(from))
                .flatMap(other -> OverlayProbe.tunnelEnd(house, other).stream().map(pods -> of(pods, other.ip())))
                .findFirst();
    }

    private static Probe<Seen> of(Ip pods, Ip host) {
        String family = pods.isV6() ? "family=ipv6 ip=-6\n" : "family=ipv4 ip=-4\n";
        return Probe.of(ID, family + "pods=" + pods + " host=" + host + "\n" + ASK, SourceProbe::parse);
    }

    private static Seen parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Flow> flows = new ArrayList<>();
        for (String line : answer.text().lines().toList()) {
            String[] words = line.strip().split(" ");
            if (words.length >= 3 && words[0].equals("seen")) {
                flows.add(new Flow(words[1], words[2], words.length > 3 ? words[3] : ""));
            }
        }
        return new Seen(flows);
    }
}
