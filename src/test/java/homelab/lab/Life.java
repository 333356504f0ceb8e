package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A k3s process and the containers beside it. The hosts have one kernel, so their monotonic clocks are one.
 *
 * @param started when it was started, in µs
 * @param up when it said that it was up
 * @param containers each with its process: one that was restarted has another
 */
record Life(String pid, long started, long up, List<String> containers) {
    private static final String LOOK = """
            unit=k3s; [ -e /etc/systemd/system/k3s.service ] || unit=k3s-agent
            for of in MainPID ExecMainStartTimestampMonotonic ActiveEnterTimestampMonotonic; do
              systemctl show -p $of --value $unit
            done
            k3s ctr -n k8s.io tasks ls | sort
            """;

    static Life of(Lab lab, String node) {
        List<String> lines = lab.on(node, LOOK).lines().toList();
        return new Life(
                lines.get(0),
                Long.parseLong(lines.get(1)),
                Long.parseLong(lines.get(2)),
                lines.subList(3, lines.size()));
    }

    /** The nodes whose k3s is another process than before, in the order in which they were started. */
    static List<String> restarted(Map<String, Life> before, Map<String, Life> after) {
        return after.keySet().stream()
                .filter(node -> !after.get(node).pid.equals(before.get(node).pid))
                .sorted(Comparator.comparing(node -> after.get(node).started))
                .toList();
    }

    /** None of them was begun before the one in front of it was up. */
    static void oneByOne(List<String> order, Map<String, Life> after) {
        List<String> together = new ArrayList<>();
        for (int i = 1; i < order.size(); i++) {
            if (after.get(order.get(i)).started < after.get(order.get(i - 1)).up) {
                together.add(order.get(i));
            }
        }
        assertThat(together).as("restarted before %s was up", order).isEmpty();
    }
}
