package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that writes down each boot. */
class BootsTest {
    @TempDir
    private Path root;

    private String boots(String shell, String word, String jobs) throws Exception {
        HostDouble host = new HostDouble(root).program("systemctl", "echo '" + jobs + "'");
        HostDouble.Ran ran = host.run(shell, "boots", word, Map.of("HOMELAB_STATE", root + "/state"));
        assertThat(ran.exit()).as(ran.said()).isZero();
        return host.text("state/boots").replaceAll("(?m) \\d+$", "");
    }

    private static String boot() throws Exception {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void writesThatABootBeganAndThatItEndedInOrder(String shell) throws Exception {
        new HostDouble(root).keep("state/boots", "cut-off began 1\n");

        boots(shell, "began", "");
        String told = boots(shell, "ended", "12 shutdown.target start waiting");

        assertThat(told.lines()).containsExactly("cut-off began", boot() + " began", boot() + " ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void takesAStopOfItsOwnForNoEndOfTheBoot(String shell) throws Exception {
        boots(shell, "began", "");

        assertThat(boots(shell, "ended", "No jobs running.").lines()).containsExactly(boot() + " began");
        assertThat(boots(shell, "began", "").lines())
                .as("once more in one boot")
                .containsExactly(boot() + " began");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void keepsTheLastTwoHundredLines(String shell) throws Exception {
        new HostDouble(root).keep("state/boots", "older began 1\n".repeat(300));

        assertThat(boots(shell, "began", "").lines()).hasSize(200).last().isEqualTo(boot() + " began");
    }
}
