package homelab.doctor.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndsOfLifeTest {
    @Test
    void areThoseOfKubernetesOwnPages() {
        assertThat(EndsOfLife.of(33)).contains(Instant.parse("2026-06-28T00:00:00Z"));
        assertThat(EndsOfLife.of(36)).contains(Instant.parse("2027-06-28T00:00:00Z"));
    }

    @Test
    void comeLaterForEveryLaterRelease() {
        assertThat(IntStream.range(20, 60).mapToObj(EndsOfLife::of).flatMap(Optional::stream))
                .isNotEmpty()
                .isSorted();
    }

    @Test
    void areNotGuessedForAReleaseThatNobodyKnowsYet() {
        assertThat(EndsOfLife.of(99)).isEmpty();
    }
}
