package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.NOW;
import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.facts.Sections;
import homelab.probe.Probe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Journal CHECK = new Journal();
    private static final Probe<Sections> PROBE = CHECK.probe(HostHouses.jarvis());

    @ParameterizedTest
    @CsvSource({"disk, '', PASS", "disk, clean, PASS", "disk, unclean, WARN", "memory, clean, WARN", "none, '', WARN"})
    void judgesHowTheStartBeforeEnded(String kept, String end, Verdict verdict) {
        String before = end.isEmpty() ? "" : end + " " + (NOW - 3600) + ".250000";

        assertThat(of(kept, before).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"604800, WARN", "604802, PASS"})
    void anUncleanEndIsToldForAWeek(long ago, Verdict verdict) {
        assertThat(of("disk", "unclean " + (NOW - ago)).verdict()).isEqualTo(verdict);
    }

    @Test
    void thatThePowerFailedIsConcluded() {
        Finding finding = of("disk", "unclean " + (NOW - 60));

        assertThat(finding.inferred()).isTrue();
        assertThat(finding.since()).contains(Houses.NOW.minusSeconds(60));
    }

    @Test
    void whatWasNotAnsweredIsUnknown() {
        assertThat(new HostHouses().blind(PROBE).judge(CHECK).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void aShutdownIsKnownByTheLastWords(String shell, @TempDir Path programs) throws Exception {
        HostHouses.program(programs, "journalctl", """
                1763786500.100000 jarvis systemd[1]: Reached target shutdown.target - System Shutdown.
                1763786501.200000 jarvis systemd-journald[212]: Journal stopped
                """);
        assertThat(before(shell, programs)).isEqualTo("clean 1763786501.200000");

        HostHouses.program(programs, "journalctl", """
                1763786500.100000 jarvis k3s[812]: lease updated
                1763786500.200000 jarvis systemd[956]: Reached target shutdown.target - Shutdown.
                1763786501.200000 jarvis systemd-journald[212]: Journal stopped
                1763786502.300000 jarvis systemd-journald[213]: Journal started
                """);
        assertThat(before(shell, programs))
                .as("a user logged out, and journald was restarted")
                .isEqualTo("unclean 1763786502.300000");

        HostHouses.program(programs, "journalctl", "");
        assertThat(before(shell, programs)).isEmpty();
    }

    private static String before(String shell, Path programs) {
        return HostHouses.run(PROBE, shell, programs).known().orElseThrow().text("before");
    }

    private static Finding of(String kept, String before) {
        return new HostHouses()
                .says(PROBE, sections("kept", kept, "before", before))
                .judge(CHECK);
    }
}
