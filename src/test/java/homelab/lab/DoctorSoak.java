package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One fault at a time in a house of two hosts that is in order: doctor names it and nothing else, and says nothing more of
 * it when it is undone. Then several at once. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
class DoctorSoak {
    private static final Path SAID = Path.of("target/soak/doctor-faults");
    /** With {@code -Dlab.busy=true}: how slow the disk is says nothing of the house while others use it. */
    private static final String OTHERS_WRITE =
            "doctor: {mutes: [{check: ETCD-003, reason: other laboratories write to the same disk}]}\n";

    private static Lab lab;
    private static Homelab homelab;
    private static FaultTrial trial;

    @BeforeAll
    static void twoHostsWithStorage(Labs labs) throws IOException {
        lab = labs.again("faults", "jarvis:server,ultron:agent", "--charts=longhorn");
        Pose.end(lab);
        homelab = WholeCluster.withLonghorn(
                InLab.user(lab, "DoctorSoak"), Boolean.getBoolean("lab.busy") ? OTHERS_WRITE : "");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        trial = new FaultTrial(lab, homelab, "doctor-faults");
    }

    static Stream<Fault> faults() {
        return DoctorFaults.all().stream();
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("faults")
    void namesTheFaultAndNothingElse(Fault fault) throws IOException {
        trial.of(fault);
    }

    /** One port is closed; so names fail on one host; so a pod that lives by names starts over and over there. */
    @Test
    @Order(2)
    void tellsThreeFaultsOfOneCauseAsOne() throws IOException {
        Pose.end(lab);
        SeveralFaults.ONE_CAUSE.put(lab);
        Run run;
        try {
            run = SeveralFaults.until(
                    () -> homelab.run("doctor"), told -> told.out().contains("    so   POD-005 "));
        } finally {
            SeveralFaults.ONE_CAUSE.undo(lab);
        }
        Files.writeString(Files.createDirectories(SAID).resolve("one-cause.txt"), run.out());
        assertThat(run.exit()).isEqualTo(Exit.FAILED);
        assertThat(run.out().lines().filter(line -> line.startsWith("✗ ")))
                .as(run.out())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("✗ NET-006 "));
        assertThat(run.out()).contains("    so   NET-008 ");
    }

    @Test
    @Order(3)
    void mendsFourSafeFaultsAtOnceAndThenHasNothingToDo() throws IOException {
        Pose.begin(lab);
        try {
            SeveralFaults.SAFE.put(lab);
            Run found = SeveralFaults.until(() -> homelab.run("doctor"), SeveralFaults::namesAllThatIsSafe);
            Run fixed = homelab.run("doctor", "--fix", "--yes");
            Run again = homelab.run("doctor", "--fix", "--yes");
            Files.writeString(
                    Files.createDirectories(SAID).resolve("fixed.txt"),
                    found.out() + "\n" + fixed.err() + fixed.out() + "\n" + again.err());
            assertThat(SeveralFaults.namesAllThatIsSafe(found)).as(found.out()).isTrue();
            assertThat(fixed.err()).contains(SeveralFaults.MENDED);
            assertThat(again.err()).contains("nothing is found that doctor may mend by itself");
        } finally {
            SeveralFaults.SAFE.undo(lab);
            Pose.end(lab);
        }
    }
}
