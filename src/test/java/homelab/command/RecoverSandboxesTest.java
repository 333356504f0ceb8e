package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrongly is told before any host is reached. */
class RecoverSandboxesTest {

    @ParameterizedTest
    @CsvSource({
        "--rerun import-27, is not a pod",
        "--rerun batch/x;reboot, is not a pod",
        "--rerun any, is not a pod",
        "--offline --rerun all, is not a pod",
        "--node ultorn, the inventory has no node",
    })
    void refusesNamesThatNothingCanHave(String typed, String why) {
        Run run = Run.of(("recover-sandboxes -i inventory/two-pis.yaml " + typed).split(" "));

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains(why, "fix  ");
        assertThat(run.out()).isEmpty();
    }
}
