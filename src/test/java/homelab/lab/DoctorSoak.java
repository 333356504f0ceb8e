package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One fault at a time in a house of two hosts that is in order: doctor names it and nothing else, and says nothing more of
 * it when it is undone. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class DoctorSoak {
    private static FaultTrial trial;

    @BeforeAll
    static void twoHostsWithStorage(Labs labs) throws IOException {
        Lab lab = labs.again("faults", "jarvis:server,ultron:agent", "--charts=longhorn");
        Pose.end(lab);
        Homelab homelab = WholeCluster.withLonghorn(InLab.user(lab, "DoctorSoak"), "");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        trial = new FaultTrial(lab, homelab, "doctor-faults");
    }

    static Stream<Fault> faults() {
        return DoctorFaults.all().stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndNothingElse(Fault fault) throws IOException {
        trial.of(fault);
    }
}
