package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.NOW;
import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.probe.Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RebootPendingTest {
    private static final RebootPending CHECK = new RebootPending();
    private static final Probe<?> PROBE = CHECK.probe(HostHouses.jarvis());
    private static final String RUNS = "6.12.25+rpt-rpi-v8";

    @Test
    void nothingWaitsWhereTheNewestKernelRuns() {
        String others = (NOW - 9) + " 6.12.20+rpt-rpi-v8\n" + (NOW - 9) + " 6.12.30+rpt-rpi-2712";
        assertThat(machine("", (NOW - 9) + " " + RUNS + "\n" + others).verdict())
                .as("a kernel for another board replaces none")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aNewerKernelWaits() {
        Finding finding = machine("", (NOW - 9) + " " + RUNS + "\n" + (NOW - 5) + " 6.12.34+rpt-rpi-v8");

        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.evidence()).containsExactly("kernel " + RUNS + " runs, 6.12.34+rpt-rpi-v8 is installed");
        assertThat(finding.since()).contains(Houses.NOW.minusSeconds(5));
    }

    @Test
    void theRunningKernelsModulesWereRemoved() {
        assertThat(machine("", (NOW - 9) + " 6.6.1-other").evidence())
                .containsExactly("the modules of the running kernel " + RUNS + " are gone from /lib/modules");
    }

    @ParameterizedTest
    @CsvSource({"29, WARN", "31, FAIL"})
    void aMonthIsTooLong(long days, Verdict verdict) {
        String mark = (NOW - days * 86400) + "\nlibc6\nlinux-base";

        Finding finding = machine(mark, (NOW - 9) + " " + RUNS);

        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(finding.evidence()).containsExactly("/run/reboot-required: libc6 linux-base");
    }

    @Test
    void aContainerHasNoKernelOfItsOwn() {
        assertThat(new HostHouses()
                        .isContainer()
                        .says(PROBE, sections("running", RUNS, "required", "", "kernels", "1 6.6.1-other"))
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void whatWasNotAnsweredIsUnknown() {
        assertThat(new HostHouses().blind(PROBE).judge(CHECK).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "6.8.0-1013-raspi, 6.8.0-1014-raspi, true",
        "6.8.0-1013-raspi, 6.8.0-1013-raspi, false",
        "6.1.0-31-amd64, 6.1.0-9-amd64, false",
        "6.1.0-9-amd64, 6.1.0-31-amd64, true",
        "6.1.0-9-amd64, 6.1.0-31-arm64, false",
        "6.12.9+rpt-rpi-v8, 6.12.10+rpt-rpi-v8, true",
        "6.12.10+rpt-rpi-v8, 6.12.9+rpt-rpi-v8, false",
        "odd, 6.12.9, false"
    })
    void comparesKernelsOfOneFlavourByTheirNumbers(String running, String other, boolean replaces) {
        assertThat(KernelVersion.parse(other).replaces(KernelVersion.parse(running)))
                .isEqualTo(replaces);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void theHostTellsWhatRuns(String shell, @org.junit.jupiter.api.io.TempDir java.nio.file.Path none) {
        var said = HostHouses.run(CHECK.probe(HostHouses.jarvis()), shell, none)
                .known()
                .orElseThrow();

        assertThat(said.text("running")).matches("\\d+\\..*");
        assertThat(said.text("kernels")).isNotNull();
    }

    private static Finding machine(String required, String kernels) {
        return new HostHouses()
                .isMachine()
                .says(PROBE, sections("running", RUNS, "required", required, "kernels", kernels))
                .judge(CHECK);
    }
}
