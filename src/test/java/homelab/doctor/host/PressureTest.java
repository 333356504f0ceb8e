package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Verdict;
import homelab.facts.Sections;
import homelab.probe.Probe;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PressureTest {
    private static final Pressure CHECK = new Pressure();
    private static final Probe<Sections> PROBE = CHECK.probe(HostHouses.jarvis());
    private static final String HEADING = "Filename Type Size Used Priority";

    @ParameterizedTest
    @CsvSource({
        "4.0, 150, 1.0, 10.0, PASS",
        "4.1, 500, 0.0, 0.0, WARN",
        "8.1, 500, 0.0, 0.0, FAIL",
        "1.0, 149, 0.0, 0.0, WARN",
        "1.0, 79, 0.0, 0.0, FAIL",
        "1.0, 500, 1.1, 0.0, WARN",
        "1.0, 500, 5.1, 0.0, FAIL",
        "1.0, 500, 0.0, 10.1, WARN",
        "1.0, 500, 0.0, 99.0, WARN"
    })
    void judgesByTheWorstOfFour(double load, long free, double memory, double io, Verdict verdict) {
        assertThat(busy(load, free, memory, io, HEADING)
                        .isMachine()
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/swap file 102396 0 -2, WARN",
        "/dev/mmcblk0p3 partition 102396 0 -2, WARN",
        "/dev/zram0 partition 102396 0 100, PASS",
        "/dev/sda3 partition 102396 0 -2, PASS"
    })
    void swapWearsACardOut(String swap, Verdict verdict) {
        String df = "/dev/mmcblk0p2 ext4 100 50 50 50% /\nsysfs /sys/devices/platform/mmc/mmcblk0/mmcblk0p2\ncard SD";

        assertThat(busy(1, 500, 0, 0, HEADING + "\n" + swap)
                        .fact("facts:disks", sections("/", df, "/var/lib/rancher", df))
                        .isMachine()
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aKernelThatTellsNothingIsUnknown() {
        String nothing =
                sections("load", "", "cpus", "", "memory", "", "swap", "", "stalled-memory", "", "stalled-io", "");
        assertThat(new HostHouses()
                        .isMachine()
                        .says(PROBE, nothing)
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(new HostHouses().isMachine().blind(PROBE).judge(CHECK).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aContainersLoadIsItsMachines() {
        assertThat(busy(99, 1, 99, 99, HEADING).isContainer().judge(CHECK).verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void theHostTellsItsLoadAndMemory(String shell, @TempDir Path none) {
        Sections said = HostHouses.run(PROBE, shell, none).known().orElseThrow();

        assertThat(said.text("load")).matches("[0-9.]+ [0-9.]+ [0-9.]+ .*");
        assertThat(said.lines("memory")).hasSize(2);
    }

    private static HostHouses busy(double load, long free, double memory, double io, String swap) {
        return new HostHouses()
                .says(
                        PROBE,
                        sections(
                                "load",
                                "0.1 0.2 " + load + " 1/200 999",
                                "cpus",
                                "4",
                                "memory",
                                "MemTotal:  1000 kB\nMemAvailable:  " + free + " kB",
                                "swap",
                                swap,
                                "stalled-memory",
                                full(memory),
                                "stalled-io",
                                full(io)));
    }

    private static String full(double percent) {
        return "some avg10=0.00 avg60=0.00 avg300=99.00 total=1\n"
                + String.format(Locale.ROOT, "full avg10=0.00 avg60=0.00 avg300=%.2f total=1", percent);
    }
}
