package homelab.doctor;

import homelab.model.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All findings of a run.
 *
 * @param findings the worst first; of one verdict in the order of the checks
 * @param checks how many were asked to judge
 */
public record Checkup(String cluster, Instant at, int checks, List<Finding> findings) {

    public Checkup {
        findings = List.copyOf(findings);
    }

    /** Judges by these checks. One that breaks is Unknown for itself alone. */
    public static Checkup of(Cluster cluster, Snapshot snapshot, List<Check> checks) {
        House house = new House(cluster, snapshot);
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(judged(check, house)));
        findings.sort(Comparator.comparing(Finding::verdict));
        return new Checkup(cluster.name(), snapshot.at(), checks.size(), findings);
    }

    private static List<Finding> judged(Check check, House house) {
        try {
            return check.judge(house);
        } catch (RuntimeException e) {
            return List.of(check.unknown("cluster", "the check itself broke: " + e));
        }
    }

    /** Only those of one verdict. */
    public List<Finding> of(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }
}
