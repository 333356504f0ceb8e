package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** HOST-014: there is room on the disks, for bytes and for files. */
final class Space implements Check {
    private static final long WARN = 80;
    private static final long FAIL = 90;

    /** Below the mount points of servers of files nothing is asked: it could wait for ever. */
    private static final String SHELL = """
            far=$(awk '/ - (nfs|nfs4|cifs|fuse[^ ]*|ceph|9p) / { print $5 }' /proc/self/mountinfo)
            for p in / /boot/firmware /var/lib/rancher /var/lib/longhorn /var/log${more}; do
              [ "$p" = / ] || for m in $far; do case $p/ in "$m"/*) continue 2 ;; esac; done
              [ -d "$p" ] || continue
              df -Pk "$p" 2>/dev/null | awk -v p="$p" 'NR == 2 { print "bytes " p, $3, $4, $6 }'
              df -Pi "$p" 2>/dev/null | awk -v p="$p" 'NR == 2 { print "files " p, $3, $4, $6 }'
            done
            :
            """;

    @Override
    public String id() {
        return "HOST-014";
    }

    static Probe<List<Room>> probe(Node node) {
        StringBuilder more = new StringBuilder();
        node.disks()
                .forEach(path ->
                        more.append(" '").append(path.replace("'", "'\\''")).append('\''));
        return new Probe<>(
                "doctor:space", SHELL.replace("${more}", more), Duration.ofSeconds(10), answer -> rooms(answer.text()));
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(probe(node));
    }

    /** @param kind "bytes" (in KiB) or "files"; @param mount where the file system that holds the path is mounted */
    record Room(String kind, String path, long used, long free, String mount) {
        long percent() {
            return used + free <= 0 ? 0 : Math.round(100.0 * used / (used + free));
        }

        String told() {
            String left = kind.equals("files") ? free + " files" : free / 1024 + " MiB";
            return mount + ": " + percent() + " % of its " + kind + " used, " + left + " left";
        }
    }

    /** File systems that make room for files as they come count none. */
    private static List<Room> rooms(String text) {
        List<Room> rooms = new ArrayList<>();
        text.lines().map(line -> line.split(" ")).forEach(words -> room(words).ifPresent(rooms::add));
        if (rooms.isEmpty()) {
            throw new IllegalStateException("df said nothing");
        }
        return List.copyOf(rooms);
    }

    private static Optional<Room> room(String[] words) {
        if (words.length < 5) {
            return Optional.empty();
        }
        OptionalLong used = Words.number(words[2]);
        OptionalLong free = Words.number(words[3]);
        return used.isEmpty() || free.isEmpty()
                ? Optional.empty()
                : Optional.of(new Room(words[0], words[1], used.getAsLong(), free.getAsLong(), words[4]));
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<List<Room>> seen = house.reading(node, probe(node));
        if (!(seen instanceof Reading.Known<List<Room>> known)) {
            return unknown(name, ((Reading.Unknown<List<Room>>) seen).why());
        }
        List<String> full = tight(known.value(), FAIL);
        List<String> tight = tight(known.value(), WARN);
        if (!full.isEmpty()) {
            return fail(name, "a disk is nearly full").by(full).fix(fix(full));
        }
        return tight.isEmpty()
                ? pass(name, "there is room on its disks")
                        .by(known.value().stream().map(Room::told).distinct().toList())
                : warn(name, "a disk fills up").by(tight).fix(fix(tight));
    }

    /** What helps the root does nothing for the small partition that the firmware reads. */
    private static String fix(List<String> tight) {
        return tight.stream().allMatch(line -> line.startsWith("/boot/"))
                ? "sudo du -a /boot/firmware | sort -n | tail; sudo apt-get autoremove takes kernels away that are not used"
                : "sudo k3s crictl rmi --prune; sudo journalctl --vacuum-size=200M; sudo apt-get clean";
    }

    private static List<String> tight(List<Room> rooms, long limit) {
        return rooms.stream()
                .filter(room -> room.percent() > limit)
                .map(Room::told)
                .distinct()
                .toList();
    }
}
