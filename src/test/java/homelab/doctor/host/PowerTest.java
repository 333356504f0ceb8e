package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.NOW;
import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import homelab.probe.Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerTest {
    private static final Power CHECK = new Power();
    private static final Probe<?> PROBE = CHECK.probe(HostHouses.jarvis());
    private static final String PI = "Raspberry Pi 4 Model B Rev 1.5";

    @ParameterizedTest
    @CsvSource({
        "throttled=0x0, '', 51000, PASS",
        "throttled=0x1, '', 51000, FAIL",
        "throttled=0x50005, '', 51000, FAIL",
        "throttled=0x50000, '', 51000, WARN",
        "0x80000, '', 51000, WARN",
        "0x8, '', 51000, FAIL",
        "'', 1, 51000, FAIL",
        "'', 0, 51000, PASS",
        "'', '', 80000, PASS",
        "'', '', 80001, WARN",
        "'', '', 85001, FAIL",
        "garbage, '', '', UNKNOWN",
        "'', '', '', UNKNOWN"
    })
    void judgesByTheFirmwaresBitsAndTheHeat(String throttled, String alarm, String heat, Verdict verdict) {
        assertThat(board(PI, throttled, alarm, heat).isMachine().judge(CHECK).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void theKernelsLineCountsWhereTheFirmwareIsNotAsked() {
        String line = " 2 2 " + (NOW - 100) + " " + (NOW - 10) + " hwmon hwmon1: Undervoltage detected!\n";

        Finding now = board(PI, "", "", "")
                .says(KernelLog.PROBE, "lines now 9\nseen now" + line)
                .isMachine()
                .judge(CHECK);
        Finding before = board(PI, "", "", "51000")
                .says(KernelLog.PROBE, "lines now 9\nseen before" + line)
                .isMachine()
                .judge(CHECK);

        assertThat(now.verdict()).isEqualTo(Verdict.WARN);
        assertThat(before.verdict()).as("of the start before").isEqualTo(Verdict.PASS);
    }

    @Test
    void otherBoardsAndContainersAreNotJudged() {
        assertThat(board("", "0x1", "1", "99000").isMachine().judge(CHECK).verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(board(PI, "0x1", "1", "99000").isContainer().judge(CHECK).verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    private static HostHouses board(String model, String throttled, String alarm, String heat) {
        return new HostHouses()
                .says(PROBE, sections("model", model, "throttled", throttled, "alarm", alarm, "temperature", heat));
    }
}
