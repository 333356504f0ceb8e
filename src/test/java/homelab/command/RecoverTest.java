package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed wrongly is told before any host is reached. */
class RecoverTest {

    @ParameterizedTest
    @ValueSource(strings = {"12", "-1"})
    void refusesAGateThatThereIsNot(String gate) {
        Run run = Run.of("recover", "-i", "inventory/two-pis.yaml", "--gate=" + gate);

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("there is no gate " + gate, "from 0 (hosts) to 11 (Argo CD)", "fix  ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void saysWhereItOnlyLooks() {
        assertThat(Run.of("recover", "--help").out()).contains("--yes", "it only looks", "--gate 3");
    }
}
