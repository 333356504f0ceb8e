package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockProbeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void readsNanoseconds() {
        assertThat(ClockProbe.parse("1767268800123456789")).isEqualTo(NOON.plusNanos(123_456_789));
    }

    /** Busybox 1.35 leaves %N as it stands, others leave it out. */
    @Test
    void takesTheMiddleOfTheSecondWhereThereAreNoNanoseconds() {
        assertThat(ClockProbe.parse("1767268800%N")).isEqualTo(NOON.plusMillis(500));
        assertThat(ClockProbe.parse("1767268800")).isEqualTo(NOON.plusMillis(500));
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThatThrownBy(() -> ClockProbe.parse("date: invalid date")).hasMessage("date wrote 'date: invalid date'");
    }

    @Test
    void correctsTheSkewForHalfTheRoundTrip() {
        RoundTrip trip = new RoundTrip(NOON, NOON.plusMillis(400));

        assertThat(ClockProbe.skew(NOON.plusMillis(200), trip)).isZero();
        assertThat(ClockProbe.skew(NOON.plusSeconds(31), trip)).isEqualTo(30_800);
        assertThat(ClockProbe.skew(NOON.minusSeconds(5), trip)).isEqualTo(-5_200);
    }
}
