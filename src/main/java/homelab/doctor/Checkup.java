package homelab.doctor;

import homelab.model.Cluster;
import homelab.model.Mute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All findings of a run.
 *
 * @param checks how many were asked to judge
 * @param findings the worst first; of one verdict in the order of the checks
 * @param muted what the inventory does not want to be told
 * @param known how many findings are left out because an earlier look told them
 * @param notes lines about the telling itself: mutes that are over, findings that are gone
 */
public record Checkup(
        String cluster,
        Instant at,
        int checks,
        List<Finding> findings,
        List<Muted> muted,
        int known,
        List<String> notes) {

    /** A finding that is not told, and why. */
    public record Muted(Finding finding, Mute mute) {}

    public Checkup {
        findings =
                findings.stream().sorted(Comparator.comparing(Finding::verdict)).toList();
        muted = List.copyOf(muted);
        notes = List.copyOf(notes);
    }

    /** Judges by these checks. One that breaks is Unknown for itself alone. */
    public static Checkup of(Cluster cluster, Snapshot snapshot, List<Check> checks) {
        return of(cluster, snapshot, checks, Optional.empty());
    }

    /** @param window how long before the snapshot logs are judged; empty for all that they hold */
    public static Checkup of(Cluster cluster, Snapshot snapshot, List<Check> checks, Optional<Duration> window) {
        House house =
                new House(cluster, snapshot, window.map(length -> snapshot.at().minus(length)));
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(judged(check, house)));
        Checkup all = new Checkup(cluster.name(), snapshot.at(), checks.size(), findings, List.of(), 0, List.of());
        return Muting.of(all, cluster.mutes()).with(Causes::linked);
    }

    private static List<Finding> judged(Check check, House house) {
        try {
            return check.judge(house);
        } catch (RuntimeException e) {
            return List.of(check.unknown("cluster", "the check itself broke: " + e));
        }
    }

    /** The same with other findings. */
    public Checkup with(java.util.function.UnaryOperator<List<Finding>> change) {
        return new Checkup(cluster, at, checks, change.apply(findings), muted, known, notes);
    }

    /** The same without those that an earlier look told. */
    Checkup without(Predicate<Finding> told) {
        List<Finding> rest = findings.stream().filter(told.negate()).toList();
        return new Checkup(cluster, at, checks, rest, muted, known + findings.size() - rest.size(), notes);
    }

    /** The same with more said about it. */
    Checkup noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Checkup(cluster, at, checks, findings, muted, known, all);
    }

    /** Only those of one verdict. */
    public List<Finding> of(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }

    /** Of one verdict, those that follow from nothing else that is told here. */
    public List<Finding> own(Verdict verdict) {
        Set<String> told = findings.stream().map(Finding::key).collect(Collectors.toSet());
        return of(verdict).stream()
                .filter(finding -> finding.because().filter(told::contains).isEmpty())
                .toList();
    }

    /** What follows from a finding. */
    public List<Finding> following(Finding cause) {
        return findings.stream()
                .filter(finding -> finding.because().filter(cause.key()::equals).isPresent())
                .toList();
    }
}
