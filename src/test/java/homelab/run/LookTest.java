package homelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.fake.ShellHost;
import homelab.host.Script;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookTest {
    private static final Probe<String> WORD = Probe.text("word", "echo here");

    private final ShellHost host = new ShellHost("jarvis");

    @Test
    void readsWhatTheHostAnswers() {
        assertThat(Look.at(host, List.of(WORD), Script.As.ROOT).of(WORD)).isEqualTo(new Reading.Known<>("here"));
    }

    @Test
    void makesEveryProbeOfALostHostUnknownWithItsReason() {
        host.lose();

        assertThat(Look.at(host, List.of(WORD), Script.As.ROOT).of(WORD))
                .isEqualTo(new Reading.Unknown<>("connection lost"));
    }

    @Test
    void tellsThatTheHostIsLostWhereItsAnswersAreNeeded() {
        host.lose();

        assertThatThrownBy(() -> Look.orFail(host, List.of(WORD), Script.As.ROOT))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.BLIND));
    }
}
