package homelab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often hosts were connected to and asked since the count began, by what sshd there writes down. */
final class Visits {
    private final Lab lab;
    private final Map<String, String> cursors = new LinkedHashMap<>();

    private Visits(Lab lab) {
        this.lab = lab;
    }

    static Visits count(Lab lab, String... nodes) {
        Visits visits = new Visits(lab);
        for (String node : nodes) {
            lab.on(node, "echo 'LogLevel VERBOSE' >/etc/ssh/sshd_config.d/visits.conf; systemctl reload ssh");
            String said = lab.on(node, "sleep 0.5; journalctl -q -n 0 --show-cursor");
            visits.cursors.put(node, said.replaceFirst("(?s).*-- cursor: ", ""));
        }
        return visits;
    }

    /** By node. */
    List<Integer> connections() {
        return lines("Accepted publickey");
    }

    /** Scripts that were run, by node. */
    List<Integer> sessions() {
        return lines("Starting session: command");
    }

    private List<Integer> lines(String text) {
        List<Integer> counts = new ArrayList<>();
        cursors.forEach((node, cursor) -> {
            String log =
                    lab.on(node, "journalctl --sync; journalctl -q --no-pager -t sshd --after-cursor='" + cursor + "'");
            counts.add((int) log.lines().filter(line -> line.contains(text)).count());
        });
        return counts;
    }
}
