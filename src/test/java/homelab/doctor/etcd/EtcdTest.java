package homelab.doctor.etcd;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.NOT_APPLICABLE;
import static homelab.doctor.Verdict.PASS;
import static homelab.doctor.Verdict.UNKNOWN;
import static homelab.doctor.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.doctor.Verdict;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Role;
import homelab.phase.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcdTest {
    private static final Cluster THREE = Clusters.of(
            Backend.VXLAN,
            List.of(),
            Addons.NONE,
            Clusters.node("jarvis", Role.SERVER, 10, 22),
            Clusters.node("friday", Role.SERVER, 11, 22),
            Clusters.node("vision", Role.SERVER, 12, 22));
    /** A day and a half before NOW. */
    private static final long STARTED = Houses.NOW.minus(Duration.ofHours(36)).getEpochSecond();

    private static final String WELL = """
            health {"health":"true","reason":""}
            etcd_server_has_leader 1
            etcd_server_leader_changes_seen_total 1
            etcd_server_quota_backend_bytes 2.147483648e+09
            etcd_mvcc_db_total_size_in_bytes 2.162688e+06
            etcd_mvcc_db_total_size_in_use_in_bytes 1.028096e+06
            etcd_disk_wal_fsync_duration_seconds_bucket{le="0.008"} 1000
            etcd_disk_wal_fsync_duration_seconds_bucket{le="0.128"} 1000
            etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} 1000
            etcd_disk_backend_commit_duration_seconds_bucket{le="0.016"} 1000
            etcd_disk_backend_commit_duration_seconds_bucket{le="+Inf"} 1000
            process_start_time_seconds %d
            """.formatted(STARTED);

    private static Finding judge(Cluster cluster, EtcdCheck<?> check, String said) {
        return check.judge(K3sAnswers.server(Houses.of(cluster), "jarvis", "etcd")
                        .answers("jarvis", check.probe(cluster), said)
                        .house())
                .get(0);
    }

    private static Verdict health(String said) {
        return judge(Clusters.twoPis(), new Health(), said).verdict();
    }

    @Test
    void withoutEtcdNothingOfItIsJudged() {
        for (Check check : EtcdChecks.all()) {
            assertThat(check.judge(K3sAnswers.server(Houses.twoPis(), "jarvis", "sqlite")
                            .house()))
                    .extracting(Finding::verdict)
                    .containsExactly(NOT_APPLICABLE);
        }
    }

    @Test
    void whatDoesNotAnswerIsUnknown() {
        for (Check check : EtcdChecks.all()) {
            assertThat(check.judge(K3sAnswers.server(Houses.of(THREE), "jarvis", "etcd")
                            .house()))
                    .filteredOn(finding ->
                            finding.verdict() != NOT_APPLICABLE || check.id().equals("ETCD-004"))
                    .isNotEmpty()
                    .allMatch(finding -> finding.verdict() == UNKNOWN);
        }
        assertThat(health("health \n")).isEqualTo(UNKNOWN);
    }

    private static Finding members(Cluster cluster, String... at) {
        StringBuilder members = new StringBuilder("{\"members\":[");
        for (String one : at) {
            members.append(members.charAt(members.length() - 1) == '[' ? "" : ",")
                    .append(one);
        }
        return judge(cluster, new Members(), members.append("]}").toString());
    }

    private static String member(String name, int last, boolean learner) {
        return "{\"name\":\"" + name + "\",\"peerURLs\":[\"https://10.0.1." + last + ":2380\"],\"isLearner\":" + learner
                + "}";
    }

    @Test
    void membersAreTheServersOfTheInventory() {
        assertThat(members(Clusters.twoPis(), member("j", 10, false)).verdict()).isEqualTo(PASS);
        assertThat(members(THREE, member("j", 10, false), member("f", 11, false), member("v", 12, false))
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void aServerThatIsNoMemberAndAMemberThatIsNoServerFail() {
        assertThat(members(THREE, member("j", 10, false), member("f", 11, false))
                        .what())
                .contains("vision is no member");
        assertThat(members(Clusters.twoPis(), member("j", 10, false), member("old", 99, false))
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void aLearnerWarns() {
        assertThat(members(THREE, member("j", 10, false), member("f", 11, false), member("v", 12, true))
                        .verdict())
                .isEqualTo(WARN);
    }

    @Test
    void aHealthyEtcdPasses() {
        assertThat(health(WELL)).isEqualTo(PASS);
    }

    @Test
    void noLeaderAndAlarmsFail() {
        assertThat(health(WELL.replace("has_leader 1", "has_leader 0"))).isEqualTo(FAIL);
        assertThat(health(WELL.replace("\"true\",\"reason\":\"\"", "\"false\",\"reason\":\"ALARM NOSPACE\"")))
                .isEqualTo(FAIL);
    }

    @Test
    void roomThatIsUsedUpWarnsAtHalfAndFailsAtFourFifths() {
        String use = "etcd_mvcc_db_total_size_in_use_in_bytes 1.028096e+06";
        String size = "etcd_mvcc_db_total_size_in_bytes 2.162688e+06";
        String full = WELL.replace(use, "etcd_mvcc_db_total_size_in_use_in_bytes 1.0e+09");

        assertThat(health(full.replace(size, "etcd_mvcc_db_total_size_in_bytes 1.07e+09")))
                .isEqualTo(PASS);
        assertThat(health(full.replace(size, "etcd_mvcc_db_total_size_in_bytes 1.08e+09")))
                .isEqualTo(WARN);
        assertThat(health(full.replace(size, "etcd_mvcc_db_total_size_in_bytes 1.71e+09")))
                .isEqualTo(WARN);
        assertThat(health(full.replace(size, "etcd_mvcc_db_total_size_in_bytes 1.72e+09")))
                .isEqualTo(FAIL);
    }

    @Test
    void aFileThatIsMostlyEmptyWarns() {
        assertThat(health(WELL.replace("size_in_bytes 2.162688e+06", "size_in_bytes 2.0e+08")))
                .isEqualTo(WARN);
    }

    private static Verdict disk(String before, String later) {
        return new DiskLatency()
                .judge(K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                        .answers("jarvis", Metrics.PROBE, before)
                        .answers("jarvis", Metrics.LATER, later)
                        .house())
                .get(0)
                .verdict();
    }

    @Test
    void aDiskIsJudgedByTheSlowestOfAHundredWrites() {
        String slow = WELL.replace("le=\"0.008\"} 1000", "le=\"0.008\"} 980");
        String bad = WELL.replace("le=\"0.008\"} 1000", "le=\"0.008\"} 900");

        assertThat(disk(WELL, WELL)).isEqualTo(PASS);
        assertThat(disk(slow, slow)).isEqualTo(WARN);
        assertThat(disk(bad, bad)).isEqualTo(WARN);
    }

    @Test
    void itFailsOnlyWhenItIsSlowNowTooAndNotJustStarting() {
        String bad = WELL.replace("le=\"0.008\"} 1000", "le=\"0.008\"} 900");
        String later = bad.replace(
                        "fsync_duration_seconds_bucket{le=\"0.128\"} 1000",
                        "fsync_duration_seconds_bucket{le=\"0.128\"} 1009")
                .replace(
                        "fsync_duration_seconds_bucket{le=\"+Inf\"} 1000",
                        "fsync_duration_seconds_bucket{le=\"+Inf\"} 1009");
        String young = String.valueOf(Houses.NOW.minusSeconds(300).getEpochSecond());

        assertThat(disk(bad, later)).isEqualTo(FAIL);
        assertThat(disk(bad.replace(String.valueOf(STARTED), young), later)).isEqualTo(WARN);
        assertThat(disk(bad.replace(String.valueOf(STARTED), "1e300"), later)).isEqualTo(WARN);
    }

    @Test
    void ofFewWritesNothingIsConcluded() {
        assertThat(disk(WELL.replace(" 1000", " 99"), WELL)).isEqualTo(UNKNOWN);
    }

    @Test
    void quantilesAreReckonedWithinTheirBucket() {
        Histogram histogram = Histogram.of(
                "x",
                Map.of("x_bucket{le=\"0.1\"}", 90.0, "x_bucket{le=\"0.2\"}", 100.0, "x_bucket{le=\"+Inf\"}", 100.0));

        assertThat(histogram.quantile(0.95).orElseThrow()).isCloseTo(0.15, within(1e-9));
        assertThat(histogram.since(histogram).quantile(0.99)).isEmpty();
    }

    private static Verdict leader(int changes) {
        return judge(THREE, new LeaderKept(), WELL.replace("changes_seen_total 1", "changes_seen_total " + changes))
                .verdict();
    }

    @Test
    void aChangeOfLeaderADayIsNothingAndMoreIsNot() {
        assertThat(leader(2)).isEqualTo(PASS);
        assertThat(leader(3)).isEqualTo(WARN);
        assertThat(leader(5)).isEqualTo(WARN);
        assertThat(leader(6)).isEqualTo(FAIL);
    }

    @Test
    void aSingleServerHasNothingToChoose() {
        assertThat(judge(Clusters.twoPis(), new LeaderKept(), WELL).verdict()).isEqualTo(NOT_APPLICABLE);
    }

    private static Finding snapshots(Duration age, String objects) {
        String file = Houses.NOW.minus(age).getEpochSecond() + " etcd-snapshot-a-1\n";
        Houses houses = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                .answers("jarvis", new Snapshots().probe(Clusters.twoPis()), file)
                .lists(SnapshotFiles.OBJECTS, objects);
        return new Snapshots().judge(houses.house()).get(0);
    }

    @Test
    void snapshotsWarnAnHourLateAndFailWhenOneIsMissed() {
        String away = "[{\"spec\":{\"location\":\"s3://b/x\"},\"status\":{\"creationTime\":\"2026-11-22T00:00:00Z\"}}]";

        assertThat(snapshots(Duration.ofHours(13), away).verdict()).isEqualTo(PASS);
        assertThat(snapshots(Duration.ofMinutes(13 * 60 + 1), away).verdict()).isEqualTo(WARN);
        assertThat(snapshots(Duration.ofHours(25), away).verdict()).isEqualTo(WARN);
        assertThat(snapshots(Duration.ofMinutes(25 * 60 + 1), away).verdict()).isEqualTo(FAIL);
        assertThat(snapshots(Duration.ofHours(1), "[]").verdict()).isEqualTo(WARN);
    }

    @Test
    void aCopyThatWasPulledCountsForAMonth() {
        assertThat(pulled(Duration.ofDays(29)).verdict()).isEqualTo(PASS);
        assertThat(pulled(Duration.ofDays(31)).verdict()).isEqualTo(WARN);
        assertThat(pulled(Duration.ofDays(31)).evidence()).anyMatch(line -> line.contains("that was pulled is of"));
    }

    private static Finding pulled(Duration age) {
        long fresh = Houses.NOW.minus(Duration.ofHours(1)).getEpochSecond();
        String said = "pulled " + Houses.NOW.minus(age).getEpochSecond() + " a-jarvis-1\n" + fresh + " b-jarvis-2\n";
        Houses houses = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                .answers("jarvis", new Snapshots().probe(Clusters.twoPis()), said)
                .lists(SnapshotFiles.OBJECTS, "[]");
        return new Snapshots().judge(houses.house()).get(0);
    }

    @Test
    void ofAYoungClusterTheFirstSnapshotIsNotDue() {
        Houses houses = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                .answers("jarvis", new Snapshots().probe(Clusters.twoPis()), "");
        String node = "[{\"metadata\":{\"creationTimestamp\":\"%s\"}}]";

        houses.lists(SnapshotFiles.NODES, node.formatted(Houses.NOW.minus(Duration.ofHours(2))));
        assertThat(new Snapshots().judge(houses.house()).get(0).verdict()).isEqualTo(WARN);
        houses.lists(SnapshotFiles.NODES, node.formatted(Houses.NOW.minus(Duration.ofDays(2))));
        assertThat(new Snapshots().judge(houses.house()).get(0).verdict()).isEqualTo(FAIL);
    }

    @Test
    void schedulesAreReadRoughly() {
        assertThat(Schedule.every("0 */12 * * *")).isEqualTo(Duration.ofHours(12));
        assertThat(Schedule.every("30 3 * * *")).isEqualTo(Duration.ofDays(1));
        assertThat(Schedule.every("0 0 * * 0")).isEqualTo(Duration.ofDays(7));
        assertThat(Schedule.every("@hourly")).isEqualTo(Duration.ofHours(1));
    }

    private static Finding drilled(String said) {
        return judge(Clusters.twoPis(), new Drilled(), said);
    }

    private static String drill(String result, Duration ago) {
        return "result " + result + "\nsnapshot x-1\nat "
                + Houses.NOW.minus(ago).getEpochSecond() + "\nseconds 9\nwhy the reason\n";
    }

    private static String timer(String every, Duration ago) {
        return "timer " + Houses.NOW.minus(ago).getEpochSecond() + " " + every + "\n";
    }

    @Test
    void aDrillIsJudgedByWhatCameOfIt() {
        assertThat(drilled("").verdict()).isEqualTo(NOT_APPLICABLE);
        assertThat(drilled(drill("pass", Duration.ofDays(300))).verdict()).isEqualTo(PASS);
        assertThat(drilled(drill("skipped", Duration.ofDays(1))).verdict()).isEqualTo(WARN);
        Finding failed = drilled(drill("fail", Duration.ofDays(1)));
        assertThat(failed.verdict()).isEqualTo(FAIL);
        assertThat(failed.evidence()).contains("the reason");
    }

    @Test
    void aTimerThatDrillsNoMoreIsMissedAfterTwoRounds() {
        String installed = timer("weekly", Duration.ofDays(60));

        assertThat(drilled(timer("weekly", Duration.ofDays(13))).verdict()).isEqualTo(PASS);
        assertThat(drilled(timer("weekly", Duration.ofDays(15))).verdict()).isEqualTo(WARN);
        assertThat(drilled(drill("pass", Duration.ofDays(13)) + installed).verdict())
                .isEqualTo(PASS);
        assertThat(drilled(drill("pass", Duration.ofDays(15)) + installed).what())
                .contains("drills no more");
        assertThat(drilled(drill("pass", Duration.ofDays(40)) + timer("weekly", Duration.ofDays(2)))
                        .verdict())
                .as("a timer that is young")
                .isEqualTo(PASS);
    }
}
