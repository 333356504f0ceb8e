package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Hardening;
import homelab.phase.AddonPhase;
import homelab.phase.KubeconfigPhase;
import homelab.phase.Phase;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void helpNamesThePhasesThereAreInTheirOrder() {
        String phases =
                Order.of(Hardening.USUAL, new KubeconfigPhase(Path.of("config"), false), AddonPhase.NONE).stream()
                        .map(Phase::name)
                        .collect(Collectors.joining(", "));
        assertThat(Run.of("plan", "--help").out().replaceAll("\\s+", " "))
                .contains("Only these phases: " + phases + ".");
    }
}
