package homelab.doctor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {

    /** A parent between vfork and its child's exec waits in state D, without touching any device. */
    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void findsAProcessThatDoesNotGetOn(String shell, @TempDir Path none) throws Exception {
        Process stuck = new ProcessBuilder("python3", "-c", """
                import ctypes, time
                libc = ctypes.PyDLL(None)
                if libc.vfork() == 0: time.sleep(60); libc._exit(0)
                """).start();
        try {
            assumeTrue(waits(stuck), "python3 did not get itself into state D here");
            List<String> waiting =
                    HostHouses.run(Waiting.PROBE, shell, none).known().orElseThrow();

            assertThat(waiting).anyMatch(line -> line.contains("process " + stuck.pid() + " "));
        } finally {
            stuck.descendants().forEach(ProcessHandle::destroyForcibly);
            stuck.destroyForcibly();
        }
    }

    /** For half a second without a break: a program that is only starting waits for its files now and then. */
    private static boolean waits(Process process) throws Exception {
        Path stat = Path.of("/proc/" + process.pid() + "/stat");
        int seen = 0;
        for (int tries = 0; tries < 300 && seen < 10 && process.isAlive(); tries++) {
            seen = Files.readString(stat).contains(") D ") ? seen + 1 : 0;
            Thread.sleep(50);
        }
        return seen == 10;
    }
}
