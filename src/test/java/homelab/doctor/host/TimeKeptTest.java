package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeKeptTest {
    private static final TimeKept CHECK = new TimeKept();
    private static final String CHRONY = sections(
            "units",
            "Id=chrony.service\nLoadState=loaded\nActiveState=active\n\nasked",
            "synced",
            "Leap status     : Normal");
    private static final String NOTHING = sections("units", "asked", "synced", "");

    @ParameterizedTest
    @CsvSource({"0, PASS", "500, PASS", "501, WARN", "-501, WARN", "2000, WARN", "2001, FAIL", "-600000, FAIL"})
    void judgesHowFarTheClockIsOff(long millis, Verdict verdict) {
        assertThat(at(millis, CHRONY).isMachine().judge(CHECK).verdict()).isEqualTo(verdict);
    }

    @Test
    void aMachinesClockHasToBeKept() {
        assertThat(at(0, NOTHING).isMachine().judge(CHECK).verdict()).isEqualTo(Verdict.WARN);
        assertThat(at(0, NOTHING).isContainer().judge(CHECK).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aClockThatWasNotReadIsUnknown() {
        assertThat(new HostHouses().judge(CHECK).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private static HostHouses at(long millis, String units) {
        var time = Houses.NOW.plusMillis(millis);
        return new HostHouses()
                .fact("facts:clock", String.format("%d%09d", time.getEpochSecond(), time.getNano()))
                .fact("facts:units", units);
    }
}
