package homelab.doctor.etcd;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** ETCD-004: etcd keeps its leader. */
final class LeaderKept implements EtcdCheck<Metrics> {
    private static final double WARN_A_DAY = 1;
    private static final double FAIL_A_DAY = 3;
    private static final double PENDING = 10;

    @Override
    public String id() {
        return "ETCD-004";
    }

    @Override
    public Probe<Metrics> probe(Cluster cluster) {
        return Metrics.PROBE;
    }

    @Override
    public Finding judge(House house, Node server, Metrics seen) {
        String name = server.name().text();
        if (house.cluster().servers().size() < 2) {
            return absent(name, "the only member always leads");
        }
        OptionalDouble total = seen.value("etcd_server_leader_changes_seen_total");
        OptionalDouble start = seen.value("process_start_time_seconds");
        if (total.isEmpty() || start.isEmpty()) {
            return unknown(name, "etcd does not say how often its leader changed");
        }
        Instant began = Instant.ofEpochSecond((long) start.getAsDouble());
        double days = Math.max(1, Duration.between(began, house.now()).toHours() / 24.0);
        double changes = Math.max(0, total.getAsDouble() - 1); // finding the first one is none
        double pending = seen.valueOf("etcd_server_proposals_pending");
        String evidence = "%.0f changes of leader, %.0f failed and %.0f waiting proposals since %s"
                .formatted(changes, seen.valueOf("etcd_server_proposals_failed_total"), pending, began);
        String fix = "homelab doctor --only ETCD-003,NET-005: a slow disk or a bad network between servers";
        if (changes / days > FAIL_A_DAY) {
            return fail(name, "etcd loses its leader again and again")
                    .by(evidence)
                    .fix(fix);
        }
        return changes / days > WARN_A_DAY || pending > PENDING
                ? warn(name, "etcd's leader is not steady").by(evidence).fix(fix)
                : pass(name, "etcd keeps its leader").by(evidence);
    }
}
