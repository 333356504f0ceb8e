package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.Sight;
import homelab.gate.State;
import homelab.run.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which gate is waited for, and when no more. */
class VigilTest {
    private Instant now = Instant.parse("2026-11-22T04:44:00Z");
    private final Vigil vigil = new Vigil(new Time() {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    });

    private static Course course(State... states) {
        List<Passage> passages = Arrays.stream(Gate.values())
                .limit(states.length)
                .map(gate -> new Passage(gate, List.of(new Sight(states[gate.number()], "cluster", "", ""))))
                .toList();
        return new Course(passages);
    }

    @Test
    void waitsForTheFirstGateForAsLongAsItMayTakeAndThenForTheNext() {
        Course course = course(State.WAIT, State.WAIT, State.PASS);
        assertThat(vigil.isOver(course)).isFalse();

        now = now.plus(Gate.HOSTS.patience()).plusSeconds(1);
        assertThat(vigil.isOver(course)).isFalse();
        assertThat(vigil.over()).containsExactly(Gate.HOSTS);

        now = now.plus(Gate.ETCD.patience()).plusSeconds(1);
        assertThat(vigil.isOver(course)).isTrue();
    }

    @Test
    void waitsNotForWhatIsBrokenAndStillForWhatComesAfterIt() {
        assertThat(vigil.isOver(course(State.PASS, State.BROKEN, State.WAIT))).isFalse();
        assertThat(vigil.over()).containsExactly(Gate.ETCD);
        assertThat(vigil.isOver(course(State.PASS, State.BROKEN, State.PASS))).isTrue();
    }

    @Test
    void waitsNotForWhatCannotBeSeenBecauseOfAnEarlierGate() {
        assertThat(vigil.isOver(course(State.PASS, State.BROKEN, State.UNKNOWN, State.UNKNOWN)))
                .isTrue();
    }

    @Test
    void waitsForWhatCannotBeSeenYet() {
        assertThat(vigil.isOver(course(State.PASS, State.UNKNOWN))).isFalse();
    }

    @Test
    void takesBackThatItGaveUpWhatPassesAfterAll() {
        vigil.isOver(course(State.BROKEN, State.WAIT));
        vigil.isOver(course(State.PASS, State.WAIT));

        assertThat(vigil.over()).isEmpty();
    }
}
