package homelab.doctor.etcd;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ETCD-002: etcd is well, has a leader, and has room. */
final class Health implements EtcdCheck<Metrics> {
    private static final double WARN_SHARE = 0.5;
    private static final double FAIL_SHARE = 0.8;
    /** Below this nobody need care how much of it is empty; k3s itself clears up from here on when it starts. */
    private static final double WORTH_CLEARING = 100e6;

    private static final String NO_LEADER = "etcd has no leader";
    private static final String ELECT =
            "more than half of the servers have to run: sudo systemctl start k3s on those that do not";
    private static final String CLEAR_UP =
            "sudo systemctl restart k3s on each server in turn, which clears up and takes the alarm back";

    @Override
    public String id() {
        return "ETCD-002";
    }

    @Override
    public Probe<Metrics> probe(Cluster cluster) {
        return Metrics.PROBE;
    }

    @Override
    public Finding judge(House house, Node server, Metrics seen) {
        String name = server.name().text();
        double size = seen.valueOf("etcd_mvcc_db_total_size_in_bytes");
        double used = seen.valueOf("etcd_mvcc_db_total_size_in_use_in_bytes");
        double quota = seen.valueOf("etcd_server_quota_backend_bytes");
        double share = quota > 0 ? size / quota : 0;
        List<String> evidence = List.of(
                "health " + seen.health(),
                "size %.1f MB, of it in use %.1f MB, the most allowed %.0f MB"
                        .formatted(size / 1e6, used / 1e6, quota / 1e6));
        List<String> broken = broken(seen, share);
        if (!broken.isEmpty()) {
            return fail(name, String.join("; ", broken))
                    .by(evidence)
                    .fix(broken.contains(NO_LEADER) ? ELECT : CLEAR_UP);
        }
        if (share > WARN_SHARE) {
            return warn(name, "etcd has used more than half of its room")
                    .by(evidence)
                    .fix("kubectl get events -A --no-headers | wc -l, and the like: find what there is too much of");
        }
        return size > WORTH_CLEARING && used < size / 2
                ? warn(name, "more than half of etcd's file is empty")
                        .by(evidence)
                        .fix("sudo systemctl restart k3s on " + name + ", which clears up")
                : pass(name, "etcd is well").by(evidence);
    }

    private static List<String> broken(Metrics seen, double share) {
        List<String> broken = new ArrayList<>();
        String health = seen.health().replace(" ", "").toLowerCase(Locale.ROOT);
        if (seen.value("etcd_server_has_leader").orElse(1) == 0) {
            broken.add(NO_LEADER);
        }
        if (health.contains("nospace")) {
            broken.add("etcd is full and takes no writes (NOSPACE)");
        } else if (health.contains("corrupt")) {
            broken.add("etcd's copies differ (CORRUPT)");
        } else if (broken.isEmpty() && health.contains("\"health\":\"false\"")) {
            broken.add("etcd is not healthy");
        }
        if (share > FAIL_SHARE) {
            broken.add("etcd has used more than 80 % of its room");
        }
        return broken;
    }
}
