package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that k3s waits for until the clock is set. */
class ClockGateTest {
    private static final String STORE = "var/lib/rancher/k3s/server/db/etcd/member/snap/db";
    private static final String SET = "echo NTP=yes; echo NTPSynchronized=yes";
    private static final String UNSET = "echo NTP=yes; echo NTPSynchronized=no";

    @TempDir
    private Path root;

    private HostDouble.Ran gate(String shell, int seconds, String timedatectl) throws Exception {
        return new HostDouble(root)
                .program("timedatectl", timedatectl)
                .program("sleep", "exec /bin/sleep 0.2")
                .run(shell, "clock-gate", seconds + " " + root, Map.of());
    }

    private String seen() throws Exception {
        return new HostDouble(root).text("run/homelab/clock").strip();
    }

    private int secondsGivenUpAfter() throws Exception {
        assertThat(seen()).startsWith("given-up ");
        return Integer.parseInt(seen().substring("given-up ".length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void letsThroughAtOnceWhenTheClockIsSet(String shell) throws Exception {
        new HostDouble(root).keep(STORE, "");

        HostDouble.Ran ran = gate(shell, 120, SET);

        assertThat(ran.exit()).isZero();
        assertThat(seen()).isEqualTo("set 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void givesUpAfterItsTimeAndSaysSo(String shell) throws Exception {
        HostDouble.Ran ran = gate(shell, 3, UNSET);

        assertThat(ran.exit()).isZero();
        assertThat(ran.said()).contains("<4>the clock is not set after", "k3s starts all the same");
        assertThat(secondsGivenUpAfter()).isBetween(3, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void waitsWhileTheClockIsBehindTheDataStoreThoughItCountsAsSet(String shell) throws Exception {
        new HostDouble(root).keep(STORE, "");
        Files.setLastModifiedTime(
                root.resolve(STORE), FileTime.from(Instant.now().plus(Duration.ofHours(2))));

        gate(shell, 2, SET);

        assertThat(secondsGivenUpAfter()).isBetween(2, 4);
    }

    /** Where each took more than a second, the unit's own limit came first: nothing was told, and each restart waited anew. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void countsWhatALookTakes(String shell) throws Exception {
        Path looks = root.resolve("looks");

        gate(shell, 3, "echo >>" + looks + "; /bin/sleep 2; " + UNSET);

        assertThat(secondsGivenUpAfter()).isGreaterThanOrEqualTo(3);
        assertThat(Files.readAllLines(looks)).hasSizeBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void doesNotWaitForATimeServiceThatIsOff(String shell) throws Exception {
        gate(shell, 5, "echo NTP=no; echo NTPSynchronized=no");

        assertThat(seen()).isEqualTo("set 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void waitsOnceABoot(String shell) throws Exception {
        new HostDouble(root).keep("run/homelab/clock", "given-up 120\n");

        HostDouble.Ran ran = gate(shell, 5, UNSET);

        assertThat(ran.said()).isEmpty();
        assertThat(seen()).isEqualTo("given-up 120");
    }
}
