package homelab.resource;

import homelab.model.Backend;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pods of other nodes can be reached from this one. Needs no pod: flannel's own interface on each node has the first
 * address of that node's pod network.
 *
 * @param from the node that is asked
 */
public record OverlayReaches(NodeName from, Backend backend, List<Peer> peers) implements Resource {

    /**
     * Another node.
     *
     * @param lan its address in the LAN
     * @param pods the first address of its pod network; "" when only flannel on the asked node knows it
     */
    public record Peer(NodeName name, Ip lan, String pods) {}

    /** @param pods "ok", "lost", "unknown" (flannel does not know the node) or "blind"; @param lan "ok" or "lost" */
    private record Result(String name, String pods, String lan) {}

    public OverlayReaches {
        peers = List.copyOf(peers);
    }

    private Probe<List<Result>> probe() {
        String calls = peers.stream()
                .map(peer -> "reach " + peer.name() + " " + peer.lan() + " " + peer.pods() + " &\n")
                .collect(Collectors.joining());
        return new Probe<>(
                "overlay from " + from, REACH + calls + "wait\n", Duration.ofSeconds(20), OverlayReaches::parse);
    }

    // Tries again, since the first packet to a node that was silent for long may be lost to address resolution. Without
    // ping, the kubelet's port, which is open between all nodes, does as well.
    private static final String REACH = """
            answers() {
              if command -v ping >/dev/null; then
                ping -q -n -c 1 -W 1 "$1" >/dev/null 2>&1 || ping -q -n -c 3 -i 0.3 -W 2 "$1" >/dev/null 2>&1
              elif command -v bash >/dev/null; then timeout 4 bash -c "</dev/tcp/$1/10250" 2>/dev/null
              else return 3; fi
            }
            flannel() {
              mac=$(bridge fdb show dev flannel.1 | awk -v ip="$1" '{ for (i = 2; i < NF; i++) if ($i == "dst" && $(i + 1) == ip) { print $1; exit } }')
              [ -n "$mac" ] && ip -4 neigh show dev flannel.1 | awk -v mac="$mac" '{ for (i = 2; i < NF; i++) if ($i == "lladdr" && $(i + 1) == mac) { print $1; exit } }'
            }
            word() { case $1 in 0) echo ok ;; 3) echo blind ;; *) echo lost ;; esac; }
            reach() {
              pods=${3-}
              [ -n "$pods" ] || pods=$(flannel "$2" 2>/dev/null)
              if [ -z "$pods" ]; then echo "$1 unknown -"; return; fi
              answers "$pods"; to_pods=$(word $?)
              to_lan=ok
              [ $to_pods = ok ] || { answers "$2"; to_lan=$(word $?); }
              echo "$1 $to_pods $to_lan"
            }
            """;

    private static List<Result> parse(Answer answer) {
        return answer.text()
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Result(words[0], words[1], words[2]))
                .toList();
    }

    @Override
    public String id() {
        return "pod network from " + from;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(probe()) instanceof Reading.Known<List<Result>> known)
                || known.value().size() < peers.size()) {
            return new Status.Unknown("the other nodes could not be tried");
        }
        if (known.value().stream().anyMatch(result -> result.pods.equals("blind"))) {
            return new Status.Unknown("neither ping nor bash is there to try it with");
        }
        List<Change> changes = new ArrayList<>();
        known.value().stream()
                .filter(result -> !result.pods.equals("ok"))
                .sorted((a, b) -> a.name.compareTo(b.name))
                .forEach(result -> changes.add(new Change(
                        "pods of " + result.name + " from " + from, "unreachable: " + why(result), "reachable")));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
    }

    private String why(Result result) {
        if (result.pods.equals("unknown")) {
            return "flannel on " + from + " does not know " + result.name;
        } else if (!result.lan.equals("ok")) {
            return result.name + " does not answer in the LAN either";
        } else if (backend.udpPort() == 0) {
            return result.name + " answers in the LAN; is pod traffic forwarded on both?";
        }
        return result.name + " answers in the LAN but not through the tunnel: UDP " + backend.udpPort()
                + " is blocked between them";
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(60);
    }
}
