package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import homelab.probe.Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchdogTest {
    private static final Watchdog CHECK = new Watchdog();
    private static final Probe<?> PROBE = CHECK.probe(HostHouses.jarvis());
    private static final String PI = "Broadcom BCM2835 Watchdog timer";

    @ParameterizedTest
    @CsvSource({
        "there, active, 15, 15s, 10, PASS",
        "there, active, 16, 16s, 10, WARN",
        "there, inactive, 15, 0, 10, WARN",
        "there, inactive, 15, 15s, 10, WARN",
        "there, '', '', 15s, 10, PASS",
        "there, '', '', 0, 10, WARN",
        "there, active, 15, 15s, 0, WARN",
        "'', '', '', 0, 10, WARN"
    })
    void judgesWhetherSomethingFeedsIt(
            String device, String state, String timeout, String systemd, String panic, Verdict verdict) {
        assertThat(machine(device, state, timeout, systemd, panic).verdict()).isEqualTo(verdict);
    }

    @Test
    void sixtySecondsAreTwelveOnAPi() {
        assertThat(machine("there", "active", "60", "1min", "10").evidence())
                .contains("a timeout of 60 s is 12 s on a Raspberry Pi, which counts to 16");
    }

    @Test
    void aContainerHasNoHardware() {
        assertThat(house("there", "inactive", "15", "0", "0")
                        .isContainer()
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void whatWasNotAnsweredIsUnknown() {
        assertThat(new HostHouses().isMachine().blind(PROBE).judge(CHECK).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anAnswerThatBrokeOffIsUnknownForItsHostAlone() {
        Finding finding = new HostHouses()
                .says(PROBE, sections("device", "there"))
                .isMachine()
                .judge(CHECK);

        assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding.subject()).isEqualTo("jarvis");
    }

    private static Finding machine(String device, String state, String timeout, String systemd, String panic) {
        return house(device, state, timeout, systemd, panic).isMachine().judge(CHECK);
    }

    private static HostHouses house(String device, String state, String timeout, String systemd, String panic) {
        return new HostHouses()
                .says(
                        PROBE,
                        sections(
                                "device",
                                device,
                                "identity",
                                PI,
                                "state",
                                state,
                                "timeout",
                                timeout,
                                "systemd",
                                systemd,
                                "panic",
                                panic));
    }
}
