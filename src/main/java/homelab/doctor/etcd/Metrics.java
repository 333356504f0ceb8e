package homelab.doctor.etcd;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What etcd says of itself on 127.0.0.1:2381, where k3s lets it answer without a certificate (k3s docs, "etcd metrics").
 *
 * @param health as /health says it, in JSON
 * @param values by name, with labels as they are written
 */
record Metrics(String health, Map<String, Double> values) {
    private static final List<String> KEPT = List.of(
            "etcd_server_has_leader",
            "etcd_server_is_learner",
            "etcd_server_leader_changes_seen_total",
            "etcd_server_proposals_(pending|failed_total)",
            "etcd_server_quota_backend_bytes",
            "etcd_mvcc_db_total_size_in_(use_in_)?bytes",
            "etcd_disk_(wal_fsync|backend_commit)_duration_seconds_(bucket|count)",
            "process_start_time_seconds");

    static final Probe<Metrics> PROBE = probe("doctor:etcd");
    /** A second look, so that what happens now can be told from what happened since the start. */
    static final Probe<Metrics> LATER = probe("doctor:etcd-later");

    Metrics {
        values = Map.copyOf(values);
    }

    private static Probe<Metrics> probe(String id) {
        return Probe.of(id, """
                get() {
                  if command -v curl >/dev/null; then curl -s -m 4 --noproxy '*' "http://127.0.0.1:2381/$1"
                  elif command -v wget >/dev/null; then timeout 4 wget -q -O - "http://127.0.0.1:2381/$1"
                  else echo 'there is neither curl nor wget'; exit 1; fi
                }
                health=$(get health); echo "health $health"
                get metrics | grep -E '^(%s)[ {]'
                """.formatted(String.join("|", KEPT)), Metrics::parse);
    }

    private static Metrics parse(Answer answer) {
        Map<String, Double> values = new HashMap<>();
        String health = "";
        for (String line : answer.text().split("\n")) {
            int blank = line.lastIndexOf(' ');
            if (line.startsWith("health ")) {
                health = line.substring("health ".length()).strip();
            } else if (blank > 0 && line.substring(blank + 1).matches("[0-9.eE+-]{1,30}")) {
                values.put(line.substring(0, blank).strip(), Double.parseDouble(line.substring(blank + 1)));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalStateException("etcd does not answer on 127.0.0.1:2381");
        }
        return new Metrics(health, values);
    }

    OptionalDouble value(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** 0 where it is not told. */
    double valueOf(String name) {
        return value(name).orElse(0);
    }

    /** Of a duration, since etcd's start. @param name without {@code _bucket} */
    Histogram histogram(String name) {
        return Histogram.of(name, values);
    }
}
