package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsSupportedTest {

    /** Judged on 2026-11-22; Ubuntu 22.04 ends on 2027-06-01, 191 days later, 26.10 on 2027-07-15. */
    @ParameterizedTest
    @CsvSource({
        "debian, 11, FAIL",
        "debian, 12, PASS",
        "raspbian, 12, PASS",
        "raspbian, 11, FAIL",
        "ubuntu, 20.04, FAIL",
        "ubuntu, 22.04, PASS",
        "ubuntu, 25.10, FAIL",
        "ubuntu, 24.04, PASS",
        "debian, 10, WARN",
        "fedora, 42, WARN"
    })
    void judgesByTheTable(String id, String version, Verdict verdict) {
        assertThat(of(id, version).verdict()).isEqualTo(verdict);
    }

    @Test
    void tellsSinceWhenThereAreNoUpdates() {
        assertThat(of("debian", "11").since()).contains(java.time.Instant.parse("2026-09-01T00:00:00Z"));
    }

    @Test
    void aHostThatDoesNotSayWhatItIsIsUnknown() {
        assertThat(new HostHouses().judge(new OsSupported()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private static Finding of(String id, String version) {
        return new HostHouses()
                .fact("facts:system", sections("os", "ID=" + id + "\nVERSION_ID=\"" + version + "\""))
                .judge(new OsSupported());
    }
}
