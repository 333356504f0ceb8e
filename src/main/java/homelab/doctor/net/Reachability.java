package homelab.doctor.net;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who reaches which port of whom: measured by connections, never told from rules. */
public record Reachability(List<Way> ways) {

    /** What came of asking at a door. */
    public enum State {
        OPEN,
        /** It got there, and nobody listens. A firewall that rejects looks the same. */
        CLOSED,
        /** Nothing came back. */
        SILENT
    }

    /** A door, and how it answered. */
    public record Way(Door door, State state) {}

    public Reachability {
        ways = List.copyOf(ways);
    }

    // The end of a pod network is known to flannel by its network card's address; where there is none, nothing is told.
    private static final String ASK = PortProbe.TRY + """
            tcp() { connect "$1" "$2"; echo "$1 tcp $2 $?"; }
            udp() {
              mac=$(bridge fdb show dev flannel.1 2>/dev/null | awk -v ip="$1" '{ for (i = 2; i < NF; i++) if ($i == "dst" && $(i + 1) == ip) { print $1; exit } }')
              [ -n "$mac" ] || return 0
              end=$(ip -4 neigh show dev flannel.1 | awk -v mac="$mac" '{ for (i = 2; i < NF; i++) if ($i == "lladdr" && $(i + 1) == mac) { print $1; exit } }')
              [ -n "$end" ] && command -v ping >/dev/null || return 0
              ping -q -n -c 1 -W 1 "$end" >/dev/null 2>&1 || ping -q -n -c 2 -W 1 "$end" >/dev/null 2>&1
              echo "$1 udp $2 $(($? * 124))"
            }
            """;

    /** The doors that a node needs of the others. */
    public static Probe<Reachability> from(Cluster cluster, Node node) {
        return probe(Door.from(cluster, node));
    }

    /** The doors that people need, seen from this machine. */
    public static Probe<Reachability> fromHere(Cluster cluster) {
        return probe(Door.fromHere(cluster));
    }

    private static Probe<Reachability> probe(List<Door> doors) {
        StringBuilder shell = new StringBuilder(ASK);
        doors.forEach(door -> shell.append("%s %s %d &\n".formatted(door.kind(), door.ip(), door.port())));
        return Probe.of("reachability", shell.append("wait\n").toString(), answer -> parse(answer, doors));
    }

    private static Reachability parse(Answer answer, List<Door> doors) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Way> ways = new ArrayList<>();
        List<String> lines = answer.text().lines().toList();
        for (Door door : doors) {
            String begin = door.ip() + " " + door.kind() + " " + door.port() + " ";
            lines.stream()
                    .filter(line -> line.startsWith(begin))
                    .findFirst()
                    .ifPresent(line -> ways.add(new Way(door, state(line.substring(begin.length())))));
        }
        return new Reachability(ways);
    }

    private static State state(String exit) {
        return switch (exit.strip()) {
            case "0" -> State.OPEN;
            case "124", "143" -> State.SILENT;
            default -> State.CLOSED;
        };
    }

    public Reachability and(Reachability more) {
        List<Way> both = new ArrayList<>(ways);
        both.addAll(more.ways);
        return new Reachability(both);
    }

    /** Only the doors of this node. */
    public Reachability to(String node) {
        return new Reachability(
                ways.stream().filter(way -> way.door().to().equals(node)).toList());
    }

    /** Empty when nobody could ask there. */
    public Optional<State> at(Door door) {
        return ways.stream()
                .filter(way -> way.door().equals(door))
                .map(Way::state)
                .findFirst();
    }

    /** The doors that answered then and do not now; one at which nobody listened must at least be reached still. */
    public List<Door> lostSince(Reachability before) {
        return ways.stream()
                .filter(way -> before.at(way.door())
                        .filter(then -> isWorse(then, way.state()))
                        .isPresent())
                .map(Way::door)
                .toList();
    }

    private static boolean isWorse(State then, State now) {
        return now.compareTo(then) > 0;
    }
}
