package homelab.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static Collection<ArgoCache.Compared> compared(Seen seen, String name) {
        return seen.picture()
                .comparison(seen.application(name))
                .known()
                .orElse(Map.of())
                .values();
    }

    private static List<Drift> drift(Seen seen, String name) {
        return Drift.all(
                seen.application(name), compared(seen, name), seen.picture().live());
    }

    @Test
    void tellsWhoSetAFieldThatIsNotAsGitSays() {
        assertThat(drift(Seen.lab(), "web"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.lines())
                        .containsExactly(new Drift.Line(
                                "spec.template.spec.containers[web].args",
                                "[\"-c\",\"sleep 100000\",\"web\",\"--retention=30d\"]",
                                "[\"-c\",\"sleep 100000\",\"web\",\"--retention=10d\"]",
                                List.of(new Owner(
                                        "kubectl-patch", "Update", Optional.of(Instant.parse("2026-11-21T21:00:00Z")))),
                                List.of("/spec/template/spec/containers/0/args"))));
    }

    /** Git has 0.01 of a processor, the API 10m. */
    @Test
    void doesNotTakeAnotherSpellingOfAnAmountForADifference() {
        assertThat(drift(Seen.lab(), "stuck")).isEmpty();
        assertThat(drift(
                        Seen.lab().with("deployments", text -> text.replace("\"cpu\":\"10m\"", "\"cpu\":\"11m\"")),
                        "stuck"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.lines())
                        .extracting(Drift.Line::field)
                        .containsExactly("spec.template.spec.containers[stuck].resources.requests.cpu"));
    }

    @Test
    void doesNotForetellWhatArgoIsToldNotToCompare() {
        assertThat(Drift.bySync(Seen.lab().application("web"), compared(Seen.lab(), "web")))
                .isEmpty();
    }

    @Test
    void neverShowsTheValueOfASecret() {
        Id id = new Id("", "Secret", "web", "login");
        var compared = new ArgoCache.Compared(
                id,
                Json.tree("{\"data\":{\"password\":\"aaa\"}}"),
                Json.tree("{\"data\":{\"password\":\"bbb\"}}"),
                Json.tree(""),
                Json.tree(""));

        List<Drift> drifts = Drift.all(Seen.lab().application("web"), List.of(compared), Live.of(List.of()));

        assertThat(drifts)
                .singleElement()
                .satisfies(drift -> assertThat(drift.lines())
                        .containsExactly(new Drift.Line("data.password", "***", "***", List.of(), List.of())));
    }
}
