package homelab.doctor.etcd;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** ETCD-003: the disk under etcd writes fast enough. */
final class DiskLatency implements EtcdCheck<Metrics> {
    private static final String FSYNC = "etcd_disk_wal_fsync_duration_seconds";
    private static final String COMMIT = "etcd_disk_backend_commit_duration_seconds";
    private static final double SHARE = 0.99;
    private static final double FSYNC_GOOD = 0.010;
    private static final double COMMIT_GOOD = 0.025;
    private static final double BAD = 0.100;
    /** Of fewer writes one slow one would decide. */
    private static final double ENOUGH = 100;
    /** k3s unpacks itself and its images first, and then every disk is slow. */
    private static final Duration START = Duration.ofMinutes(10);

    private static final Set<String> WEAR_OUT = Set.of("sd-card", "emmc");

    @Override
    public String id() {
        return "ETCD-003";
    }

    @Override
    public Probe<Metrics> probe(Cluster cluster) {
        return Metrics.PROBE;
    }

    @Override
    public List<Probe<?>> then(House house, Node node) {
        return node.isServer() ? List.of(Metrics.LATER) : List.of();
    }

    @Override
    public Finding judge(House house, Node server, Metrics seen) {
        String name = server.name().text();
        OptionalDouble fsync = seen.histogram(FSYNC).quantile(SHARE);
        OptionalDouble commit = seen.histogram(COMMIT).quantile(SHARE);
        if (fsync.isEmpty() || commit.isEmpty() || seen.histogram(FSYNC).count() < ENOUGH) {
            return unknown(name, "etcd has written too little to be judged by it");
        }
        OptionalDouble now = now(house, server, seen);
        List<String> evidence = new ArrayList<>(List.of(
                "99 of 100 writes to the log took up to %.0f ms".formatted(fsync.getAsDouble() * 1e3),
                "99 of 100 writes to the data took up to %.0f ms".formatted(commit.getAsDouble() * 1e3)));
        now.ifPresent(slow -> evidence.add("while we looked: up to %.0f ms".formatted(slow * 1e3)));
        boolean slow = fsync.getAsDouble() > FSYNC_GOOD || commit.getAsDouble() > COMMIT_GOOD;
        boolean bad = fsync.getAsDouble() > BAD || commit.getAsDouble() > BAD;
        if (bad && !isStarting(house, seen) && now.orElse(0) > BAD) {
            return fail(name, "the disk under etcd is so slow that the leader is lost")
                    .by(evidence)
                    .fix(FIX);
        }
        String medium = medium(house, server);
        if (WEAR_OUT.contains(medium)) {
            return warn(name, "etcd writes to an " + medium + ", which is slow and wears out")
                    .by(evidence)
                    .fix(FIX);
        }
        return slow || bad
                ? warn(name, "the disk under etcd is slow").by(evidence).fix(FIX)
                : pass(name, "the disk under etcd is fast enough").by(evidence);
    }

    private static final String FIX = "an SSD for /var/lib/rancher; for now: iostat -x 5, to see who else writes";

    /** Of the seconds between two looks; empty where nothing was written or nobody looked again. */
    private static OptionalDouble now(House house, Node server, Metrics before) {
        return house.reading(server, Metrics.LATER)
                .known()
                .map(later ->
                        later.histogram(FSYNC).since(before.histogram(FSYNC)).quantile(SHARE))
                .orElse(OptionalDouble.empty());
    }

    private static boolean isStarting(House house, Metrics seen) {
        double age = house.now().getEpochSecond() - seen.valueOf("process_start_time_seconds");
        return age < START.toSeconds();
    }

    private static String medium(House house, Node server) {
        return house.fact(server, Facts::disks).known().orElse(List.of()).stream()
                .filter(disk -> disk.path().equals("/var/lib/rancher"))
                .map(Facts.Disk::medium)
                .findFirst()
                .orElse("");
    }
}
