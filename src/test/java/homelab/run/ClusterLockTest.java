package homelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.fake.ShellHost;
import homelab.host.Host;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterLockTest {
    private static final String CLUSTER = "locktest" + ProcessHandle.current().pid();

    private final Stop stop = new Stop();
    private final ShellHost jarvis = new ShellHost("jarvis");

    @BeforeEach
    void aFolderForLocks() {
        assumeTrue(
                Files.isWritable(Path.of("/run/lock")) || Files.isWritable(Path.of("/run")),
                "locks lie in /run/lock, which this user cannot write");
    }

    @Test
    void refusesASecondRunAndNamesTheFirst() {
        try (ClusterLock first = take("bootstrap of anna, process 1")) {
            assertThatThrownBy(() -> take("bootstrap of bert, process 2"))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.exit()).isEqualTo(Exit.LOCKED);
                        assertThat(failure.problems().get(0).why()).contains("jarvis", "anna, process 1");
                    });
            assertThat(first).isNotNull();
        }
    }

    @Test
    void isFreeAgainAfterItsHolderHasGone() throws InterruptedException {
        take("first").close();
        for (int look = 0; look < 250 && !isFree(); look++) { // on a busy machine it takes a moment to end
            Thread.sleep(20);
        }

        take("second").close();
    }

    @Test
    void isTakenAgainFromAHostThatForgotIt() throws IOException, InterruptedException {
        try (ClusterLock first = take("first")) {
            forget();

            beatUntilItIsHeld(first);

            assertThatThrownBy(() -> take("second")).isInstanceOf(Failure.class);
            stop.orGoOn();
        }
    }

    @Test
    void endsTheRunWhenAnotherTookWhatAHostForgot() throws IOException, InterruptedException {
        try (ClusterLock first = take("first")) {
            forget();
            try (ClusterLock second = take("second")) {
                beatUntilItIsLost(first);
                assertThat(second).isNotNull();
            }
            assertThatThrownBy(stop::orGoOn)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.LOCKED));
        }
    }

    /** As a restart does: whoever held the lock is gone, which takes a moment on a busy machine. */
    private static void forget() throws IOException, InterruptedException {
        new ProcessBuilder("pkill", "-f", "homelab-" + CLUSTER + ".lock")
                .start()
                .waitFor();
        for (int look = 0; look < 100 && !isFree(); look++) {
            Thread.sleep(20);
        }
    }

    private void beatUntilItIsHeld(ClusterLock lock) throws InterruptedException {
        for (int beat = 0; beat < 300 && isFree(); beat++) {
            lock.beat(jarvis.name());
            Thread.sleep(100);
        }
    }

    private void beatUntilItIsLost(ClusterLock lock) throws InterruptedException {
        for (int beat = 0; beat < 20; beat++) {
            lock.beat(jarvis.name());
            Thread.sleep(50);
        }
    }

    private static boolean isFree() {
        try {
            return new ProcessBuilder("flock", "-n", "/run/lock/homelab-" + CLUSTER + ".lock", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void cannotBeMadeToRunWhatAnOwnerIsCalled() {
        Path proof = Path.of("/run/lock/homelab-" + CLUSTER + ".pwned");

        take("x'; touch " + proof + "; echo '").close();

        assertThat(proof).doesNotExist();
    }

    private ClusterLock take(String owner) {
        Map<homelab.model.NodeName, Host> hosts = Map.of(jarvis.name(), jarvis);
        return ClusterLock.take(new Fleet(hosts, Map.of()), CLUSTER, new Owner(owner), stop);
    }
}
