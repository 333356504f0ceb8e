package homelab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {
    private static boolean in(String hours, String time) {
        return Hours.parse(hours).contains(LocalTime.parse(time));
    }

    @Test
    void beginAtTheFirstMinuteAndEndBeforeTheLast() {
        assertThat(in("02:00-05:00", "02:00")).isTrue();
        assertThat(in("02:00-05:00", "04:59")).isTrue();
        assertThat(in("02:00-05:00", "05:00")).isFalse();
        assertThat(in("02:00-05:00", "01:59")).isFalse();
    }

    @Test
    void mayGoBeyondMidnight() {
        assertThat(in("22:00-06:00", "23:30")).isTrue();
        assertThat(in("22:00-06:00", "05:59")).isTrue();
        assertThat(in("22:00-06:00", "12:00")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02:00", "2-5", "02:00-25:00", "02:00-02:00", "02:00-03:00-04:00"})
    void areRefusedWhenTheyAreNone(String text) {
        assertThatThrownBy(() -> Hours.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no hours such as 02:00-05:00");
    }
}
