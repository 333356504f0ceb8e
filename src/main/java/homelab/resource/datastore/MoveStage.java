package homelab.resource.datastore;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far the data of k3s on a server are on the way from SQLite to etcd. k3s renames SQLite's file when etcd has all that
 * was in it (k3s pkg/etcd, migrateFromSQLite), so the file's name tells whether a move is done.
 *
 * @param sqlite whether the file has its name
 * @param etcd whether etcd has data, whole or not
 * @param guarded whether a start of k3s begins the move anew
 * @param listed whether what was in the cluster before is written down, lately or for a move that has begun
 * @param active ActiveState of k3s
 * @param bytes size of SQLite's files
 * @param free bytes that may be written beside them
 * @param failed why no copy could be kept; empty when one was, or none was tried
 */
public record MoveStage(
        boolean sqlite,
        boolean etcd,
        boolean guarded,
        boolean listed,
        String active,
        long bytes,
        long free,
        Optional<String> failed) {
    static final String DROP_IN = "/etc/systemd/system/k3s.service.d/30-homelab-to-etcd.conf";
    static final String SCRIPT = "/usr/local/lib/homelab/to-etcd";
    static final String OBJECTS = "/var/lib/homelab/to-etcd.objects";
    static final String FAILED = "/var/lib/homelab/to-etcd.failed";

    /** etcd begins with a log of 64 MB (etcd 3.5, wal.SegmentSizeBytes) and a next one beside it. */
    private static final long ETCD_BEGINS_WITH = 128L << 20;

    public static final Probe<MoveStage> PROBE = Probe.of(
            "to etcd",
            """
            db=/var/lib/rancher/k3s/server/db
            if [ -f $db/state.db ]; then echo sqlite yes; fi
            if [ -d $db/etcd/member/wal ]; then echo etcd yes; fi
            if [ -f DROP_IN ]; then echo guarded yes; fi
            if [ -s OBJECTS ] && { [ -f DROP_IN ] || [ -n "$(find OBJECTS -mmin -10)" ]; }; then echo listed yes; fi
            echo "active $(systemctl show -p ActiveState --value k3s)"
            echo "bytes $(cat $db/state.db $db/state.db-wal 2>/dev/null | wc -c)"
            for at in $db /var/lib; do df -Pk "$at" 2>/dev/null | awk 'NR == 2 { print $4 }'; done | sort -n | sed -n 's/^/free /p; q'
            if [ -f FAILED ]; then echo "failed $(head -n 1 FAILED)"; fi
            """.replace("DROP_IN", DROP_IN).replace("OBJECTS", OBJECTS).replace("FAILED", FAILED),
            MoveStage::parse);

    /** Whether there is a move, or one to be ended. */
    public boolean isUnderWay() {
        return sqlite || guarded;
    }

    private static MoveStage parse(Answer answer) {
        Map<String, String> said = answer.text()
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (first, second) -> first));
        String active = said.getOrDefault("active", "");
        if (!answer.ok() || active.isEmpty()) {
            throw new IllegalStateException("it is not known where k3s has its data");
        }
        return new MoveStage(
                said.containsKey("sqlite"),
                said.containsKey("etcd"),
                said.containsKey("guarded"),
                said.containsKey("listed"),
                active,
                Long.parseLong(said.getOrDefault("bytes", "0")),
                Long.parseLong(said.getOrDefault("free", "0")) << 10,
                Optional.ofNullable(said.get("failed")));
    }

    public boolean isDone() {
        return etcd && !sqlite;
    }

    /** Whether nothing of a move has begun. */
    public boolean isBefore() {
        return sqlite && !guarded;
    }

    /** For the copy and for etcd. */
    public long needs() {
        return 2 * bytes + ETCD_BEGINS_WITH;
    }

    /** What people type to have SQLite again, with what it was when the copy was made. */
    static final String WAY_BACK = """
            To go back to SQLite, as it was before the move, on this server:
              sudo systemctl stop k3s
              sudo sh -c 'cd /var/lib/rancher/k3s/server/db && rm -rf etcd state.db-wal state.db-shm && cp /var/lib/homelab/sqlite/state.db* .'
              sudo sed -i /^cluster-init:/d /etc/rancher/k3s/config.yaml; sudo systemctl start k3s""";
}
