package homelab.lab;

import static homelab.lab.Fault.fails;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.problem.Exit;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link DoctorSoak} for what takes three servers. */
@ExtendWith(InLab.class)
@Timeout(600)
class DoctorServersSoak {
    /** What only an API tells, or an etcd with a leader. */
    private static final String[] ALL_BUT_HOSTS = Checks.all().stream()
            .map(Check::id)
            .filter(id -> !id.startsWith("HOST-"))
            .toArray(String[]::new);

    private static FaultTrial trial;

    @BeforeAll
    static void threeServersAndTwoAgents(Labs labs) {
        Lab lab = labs.again("faults-ha", "vision:server,jarvis:server,friday:server,ultron:agent,edith:agent");
        Homelab homelab = InLab.user(lab, "DoctorServersSoak");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        trial = new FaultTrial(lab, homelab, "doctor-faults-ha");
    }

    static Stream<Fault> faults() {
        String stop = "systemctl stop k3s";
        String start = "systemctl start --no-block k3s";
        return Stream.of(
                fails("K3S-001", "one member of etcd down")
                        .on("friday", stop, start)
                        .below(
                                "K3S-002",
                                "K3S-006",
                                "K3S-007",
                                "CRI-001",
                                "CRI-002",
                                "CRI-003",
                                "NET-005",
                                "NET-006",
                                "ETCD-001",
                                "ETCD-002",
                                "ETCD-003",
                                "ETCD-004"),
                fails("ETCD-002", "two of three members of etcd down: no leader")
                        .on("friday", stop, start)
                        .on("vision", stop, start)
                        .below(ALL_BUT_HOSTS));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndNothingElse(Fault fault) throws IOException {
        trial.of(fault);
    }
}
