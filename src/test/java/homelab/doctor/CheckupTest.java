package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Addons;
import homelab.model.Cluster;
import homelab.model.Hardening;
import homelab.model.Mute;
import homelab.phase.Clusters;
import homelab.problem.Failure;
import homelab.report.DoctorJson;
import homelab.report.DoctorText;
import homelab.report.Terminal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckupTest {

    /** A double of a check: it finds what it is told to. */
    private record Finds(String id, Verdict verdict, String subject, String what) implements Check {
        @Override
        public List<Finding> judge(House house) {
            return List.of(new Finding(id, verdict, subject, what).by("a line"));
        }
    }

    private static final Check BREAKS = new Check() {
        @Override
        public String id() {
            return "HOST-099";
        }

        @Override
        public List<Finding> judge(House house) {
            throw new IllegalStateException("a defect");
        }
    };

    @Test
    void countsOfManyLinesTheRestOnceWhateverElseIsSaid() {
        java.util.List<String> many = java.util.stream.IntStream.range(0, 231)
                .mapToObj(line -> "line " + line)
                .toList();

        Finding finding = new Finding("CRI-003", Verdict.FAIL, "ultron", "is full")
                .by(many)
                .fix("drain it");

        assertThat(finding.evidence()).hasSize(21).endsWith("and 211 more");
    }

    @Test
    void aCheckThatBreaksIsUnknownForItselfAlone() {
        Checkup checkup = of(List.of(), BREAKS, new Finds("HOST-001", Verdict.PASS, "jarvis", "answers"));

        assertThat(checkup.of(Verdict.UNKNOWN)).extracting(Finding::check).containsExactly("HOST-099");
        assertThat(checkup.of(Verdict.PASS)).hasSize(1);
    }

    @Test
    void tellsWhatFollowsBelowItsCause() {
        Checkup checkup = of(
                List.of(),
                new Finds("POD-005", Verdict.FAIL, "pod longhorn-system/manager", "crashes again and again"),
                new Finds("NET-008", Verdict.FAIL, "cluster", "names do not resolve"),
                new Finds("NET-002", Verdict.FAIL, "ultron", "8472/udp is closed"),
                new Finds("HOST-014", Verdict.WARN, "jarvis", "the disk fills up"));

        assertThat(new DoctorText(Terminal.PIPE).of(checkup, false)).isEqualTo("""
                ✗ NET-002 ultron: 8472/udp is closed
                    seen a line
                    so   POD-005 pod longhorn-system/manager: crashes again and again
                    so   NET-008 cluster: names do not resolve
                ! HOST-014 jarvis: the disk fills up
                    seen a line
                home: 3 to mend, 1 to know (4 checks, 0 passed)
                """);
    }

    @Test
    void twoFindingsOfOneCheckAreBothTold() {
        Checkup checkup = of(
                List.of(),
                new Finds("NET-006", Verdict.FAIL, "jarvis", "does not reach ultron"),
                new Finds("NET-006", Verdict.FAIL, "ultron", "does not reach jarvis"));

        assertThat(new DoctorText(Terminal.PIPE).of(checkup, false)).contains("✗ NET-006 jarvis", "✗ NET-006 ultron");
    }

    @Test
    void aLostNodeExplainsOnlyWhatConcernsIt() {
        Checkup checkup = of(
                List.of(),
                new Finds("HOST-001", Verdict.FAIL, "ultron", "is not reached"),
                new Finds("K3S-002", Verdict.FAIL, "ultron", "not Ready"),
                new Finds("K3S-002", Verdict.FAIL, "ultron-2", "not Ready"));

        assertThat(checkup.findings().stream()
                        .filter(finding -> finding.because().isPresent()))
                .extracting(Finding::subject)
                .containsExactly("ultron");
    }

    @Test
    void whatCannotBeSeenOfALostNodeIsOneLineBelowIt() {
        Checkup checkup = of(
                List.of(),
                new Finds("HOST-001", Verdict.FAIL, "ultron", "is not reached"),
                new Finds("HOST-002", Verdict.UNKNOWN, "ultron", "it was not reached: timed out"),
                new Finds("HOST-006", Verdict.UNKNOWN, "ultron", "another reason"),
                new Finds("HOST-006", Verdict.UNKNOWN, "jarvis", "no answer"));

        assertThat(new DoctorText(Terminal.PIPE).of(checkup, false)).isEqualTo("""
                ✗ HOST-001 ultron: is not reached
                    seen a line
                    so   not judged: HOST-002, HOST-006
                ? jarvis: no answer
                    not judged HOST-006
                home: 1 to mend, 3 not seen (4 checks, 0 passed)
                """);
    }

    @Test
    void whatTheApiAloneCouldTellIsOneLineBelowIt() {
        String silent = "the API does not answer on any server";
        Checkup checkup = of(
                List.of(),
                new Finds("K3S-001", Verdict.FAIL, "jarvis", "k3s does not run"),
                new Finds("K3S-001", Verdict.FAIL, "cluster", "no API answers"),
                new Finds("POD-005", Verdict.UNKNOWN, "cluster", silent),
                new Finds("GITOPS-001", Verdict.UNKNOWN, "cluster", "Applications: " + silent),
                new Finds("HOST-009", Verdict.UNKNOWN, "jarvis", "no log"));

        assertThat(checkup.of(Verdict.UNKNOWN))
                .extracting(finding -> finding.because().orElse(""))
                .containsExactly("K3S-001 cluster", "K3S-001 cluster", "");
    }

    @Test
    void withoutALeaderOfEtcdAllThatTheApiCouldTellStandsBelowThat() {
        Checkup checkup = of(
                List.of(),
                new Finds("K3S-001", Verdict.FAIL, "jarvis", "k3s does not run"),
                new Finds("ETCD-002", Verdict.FAIL, "jarvis", "etcd has no leader"),
                new Finds("POD-005", Verdict.UNKNOWN, "cluster", "pods: the API did not answer"),
                new Finds("STO-001", Verdict.UNKNOWN, "cluster", "nodes: the API answered HTTP 504"));

        assertThat(checkup.findings())
                .extracting(finding -> finding.check() + " " + finding.because().orElse("itself"))
                .containsExactly(
                        "K3S-001 ETCD-002 jarvis",
                        "ETCD-002 itself",
                        "POD-005 ETCD-002 jarvis",
                        "STO-001 ETCD-002 jarvis");
    }

    @Test
    void whatFollowsFromAnEarlierFindingIsToldWhenItIsNew() {
        Finds cause = new Finds("NET-002", Verdict.FAIL, "ultron", "8472/udp is closed");
        Checkup before = of(List.of(), cause, new Finds("HOST-009", Verdict.UNKNOWN, "jarvis", "no log"));
        Checkup now = of(List.of(), cause, new Finds("NET-008", Verdict.FAIL, "cluster", "names do not resolve"));

        Checkup changed = Baseline.of(before).compared(now);

        assertThat(new DoctorText(Terminal.PIPE).of(changed, false)).isEqualTo("""
                ✗ NET-008 cluster: names do not resolve
                    seen a line
                - judged again: HOST-009 jarvis
                home: 1 to mend, 1 as before (2 checks, 0 passed)
                """);
        assertThat(new DoctorText(Terminal.PIPE).of(Baseline.of(now).compared(now), false))
                .isEqualTo("home: nothing new, 2 as before (2 checks, 0 passed)\n");
    }

    @Test
    void keepsStillAboutWhatIsMutedAndSaysSo() {
        Mute mute = new Mute("HOST-014", Optional.of("jarvis"), "a new disk is on its way", Optional.of(day(22)));
        Checkup checkup = of(
                List.of(mute),
                new Finds("HOST-014", Verdict.FAIL, "jarvis", "the disk is full"),
                new Finds("HOST-014", Verdict.FAIL, "ultron", "the disk is full"));

        assertThat(checkup.findings()).extracting(Finding::subject).containsExactly("ultron");
        assertThat(new DoctorText(Terminal.PIPE).of(checkup, false))
                .contains("- HOST-014 jarvis: muted, until 2026-11-22 (a new disk is on its way)\n");
    }

    @Test
    void aMuteThatIsOverSaysSoAndMutesNothing() {
        Mute mute = new Mute("HOST-014", Optional.empty(), "a new disk", Optional.of(day(21)));
        Checkup checkup = of(List.of(mute), new Finds("HOST-014", Verdict.FAIL, "jarvis", "the disk is full"));

        assertThat(checkup.findings()).hasSize(1);
        assertThat(checkup.notes()).containsExactly("the mute of HOST-014 ended on 2026-11-21 (a new disk)");
    }

    @Test
    void aMuteThatCoversNothingAnyMoreIsNamed() {
        Mute mute = new Mute("HOST-014", Optional.empty(), "a new disk", Optional.empty());
        Checkup checkup = of(List.of(mute), new Finds("HOST-014", Verdict.PASS, "jarvis", "there is room"));

        assertThat(checkup.notes()).containsExactly("the mute of HOST-014 covers nothing any more: take it out");
    }

    @Test
    void tellsOnlyWhatIsNewOrWorseOrGone() {
        Checkup before = of(
                List.of(),
                new Finds("HOST-001", Verdict.FAIL, "ultron", "is not reached"),
                new Finds("HOST-006", Verdict.FAIL, "jarvis", "clock"),
                new Finds("HOST-014", Verdict.WARN, "jarvis", "the disk fills up"));
        Checkup now = of(
                List.of(),
                new Finds("HOST-001", Verdict.PASS, "ultron", "answers"),
                new Finds("HOST-006", Verdict.FAIL, "jarvis", "clock"),
                new Finds("HOST-014", Verdict.FAIL, "jarvis", "the disk is full"));

        Checkup compared = Baseline.read(DoctorJson.of(before)).compared(now);

        assertThat(compared.of(Verdict.FAIL)).extracting(Finding::check).containsExactly("HOST-014");
        assertThat(compared.notes()).containsExactly("gone: HOST-001 ultron");
        assertThatThrownBy(() -> Baseline.read("{}")).isInstanceOf(Failure.class);
    }

    @Test
    void ofALongLineOrManyLinesTheRestIsLeftOut() {
        Finding finding = new Finding("POD-005", Verdict.FAIL, "p".repeat(5000), "w".repeat(5000))
                .by(java.util.Collections.nCopies(25, "e".repeat(5000)))
                .fix("f".repeat(5000));

        assertThat(finding.subject()).hasSize(1001).endsWith("…");
        assertThat(finding.what()).hasSize(1001);
        assertThat(finding.evidence())
                .hasSize(21)
                .endsWith("and 5 more")
                .first()
                .asString()
                .hasSize(1001);
        assertThat(finding.fix()).as("half a command is worse than none").isEmpty();
    }

    @Test
    void ofTwoFindingsAlikePrometheusIsToldOnce() {
        Check twice = new Finds("POD-005", Verdict.FAIL, "pod web/page", "crashes");

        assertThat(homelab.report.DoctorMetrics.of(of(List.of(), twice, twice)).lines())
                .filteredOn(line -> line.startsWith("homelab_doctor_finding{"))
                .hasSize(1);
    }

    @Test
    void printsNoControlCharactersOfOthers() {
        Checkup checkup = of(List.of(), new Finds("POD-005", Verdict.FAIL, "pod a/\u001b[31m", "x\u0007y"));

        assertThat(new DoctorText(Terminal.PIPE).of(checkup, true)
                        + homelab.report.DoctorMetrics.of(checkup)
                        + homelab.report.DoctorJUnit.of(checkup))
                .doesNotContain("\u001b", "\u0007");
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 11, day);
    }

    private static Checkup of(List<Mute> mutes, Check... checks) {
        Cluster two = Clusters.twoPis();
        Cluster cluster = new Cluster(
                two.name(),
                two.network(),
                two.k3s(),
                two.knownHosts(),
                two.nodes(),
                Addons.NONE,
                List.of(),
                mutes,
                Hardening.USUAL);
        return Checkup.of(cluster, Houses.twoPis().snapshot(), List.of(checks));
    }
}
