package homelab.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.SampleSite;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifeSignsTest {
    private static final Node ULTRON =
            SampleSite.twoPis().node(new NodeName("ultron")).orElseThrow();
    private static final LifeSigns SIGNS = new LifeSigns(ULTRON);

    private static Answer answer(String text) {
        return new Answer(0, text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** The server's clock, in seconds, and when the lease was renewed. */
    private static String lease(int seconds, String renewed) {
        return seconds + "\n{\"spec\": {\"renewTime\": \"" + renewed + "\"}}";
    }

    private static Readings told(String card, String lease) {
        List<Probe<?>> probes = SIGNS.probes();
        Map<String, Reading<?>> told = new HashMap<>();
        told.put(probes.get(0).id(), new Reading.Known<>(card));
        told.put(probes.get(1).id(), new Reading.Known<>(LifeSigns.age(answer(lease))));
        return new Readings(told);
    }

    private static Optional<Problem> against(Readings readings, boolean said) {
        return SIGNS.against(readings, "No route to host", said);
    }

    @Test
    void aHostWhoseCardAnswersLivesWhateverAnybodySays() {
        Problem problem = against(told("answers", lease(1000, "1970-01-01T00:00:00Z")), true)
                .orElseThrow();

        assertThat(problem.what()).isEqualTo("ultron: does not answer by SSH, yet it lives");
        assertThat(problem.why()).isEqualTo("No route to host; its network card answers at " + ULTRON.ip());
    }

    @Test
    void aHostWhoseLeaseIsFreshLives() {
        assertThat(against(told("silent", lease(49, "1970-01-01T00:00:00.123456Z")), true)
                        .orElseThrow()
                        .why())
                .contains("its kubelet renewed its lease 48 s ago");
        assertThat(against(told("silent", lease(60, "1970-01-01T00:00:00Z")), true))
                .isEmpty();
    }

    @Test
    void whoShowsNoSignOfLifeIsDeadOnlyWhenSomebodySaysSo() {
        Readings silent = told("silent", lease(600, "1970-01-01T00:00:00Z"));

        assertThat(against(silent, true)).isEmpty();
        assertThat(against(silent, false).orElseThrow().fix()).contains("--dead");
        assertThat(against(silent, false).orElseThrow().why())
                .isEqualTo(
                        "No route to host; its network card does not answer; its kubelet renewed its lease 10 min ago");
    }

    @Test
    void whatCouldNotBeAskedIsSaid() {
        assertThat(against(Readings.NONE, false).orElseThrow().why()).contains("its network card could not be asked");
        assertThatThrownBy(() -> LifeSigns.age(answer("1000\n{\"kind\": \"Status\"}")))
                .hasMessage("the API has no lease of it");
    }
}
