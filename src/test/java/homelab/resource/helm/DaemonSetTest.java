package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DaemonSetTest {

    @Test
    void waitsForAPodOnEveryNodeThatIsThere() {
        assertThat(Workload.unready(item(1), item(1).tree(), Map.of(), 0))
                .map(Change::before)
                .contains("1/2");
        assertThat(Workload.unready(item(2), item(2).tree(), Map.of(), 0)).isEmpty();
    }

    @Test
    void doesNotWaitForANodeThatIsAwayButForOneOfThemAlways() {
        assertThat(Workload.unready(item(1), item(1).tree(), Map.of(), 1)).isEmpty();
        assertThat(Workload.unready(item(0), item(0).tree(), Map.of(), 2)).isPresent();
    }

    private static Item item(int available) {
        return Item.of(
                Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "DaemonSet",
                        "metadata",
                        Map.of("name", "longhorn-manager", "generation", 1),
                        "status",
                        Map.of(
                                "observedGeneration", 1,
                                "desiredNumberScheduled", 2,
                                "updatedNumberScheduled", 2,
                                "numberAvailable", available)),
                "longhorn-system");
    }
}
