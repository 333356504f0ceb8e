package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.fake.FileIs;
import homelab.model.NodeName;
import homelab.plan.Planned;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddonsTextTest {
    private static final Step STEP =
            new Step("addons", new Target.OnHost(new NodeName("jarvis")), FileIs.of(Path.of("one"), "wanted"));
    private final AddonsText text = new AddonsText(Terminal.PIPE);

    private static Listed traefik(Status... states) {
        return new Listed(
                "traefik",
                "kube-system",
                "comes with k3s",
                List.of(states).stream()
                        .map(status -> new Planned(STEP, status))
                        .toList());
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(text.of(List.of())).isEqualTo("the inventory names no add-ons\n");
    }

    @Test
    void saysOfEachWhatIsNotAsItShouldBeFirst() {
        Status drift = new Status.Drift(List.of(new Change("level", "DEBUG", "WARN")), Worst.CHANGE);
        Status refused = new Status.Refused(Problem.of("it is another's", "it was made by hand", "--adopt"));

        assertThat(text.of(List.of(traefik(Status.SAME, drift, refused), traefik(Status.SAME), traefik(refused))))
                .isEqualTo("traefik\tkube-system\tcomes with k3s\tlevel is DEBUG\n"
                        + "traefik\tkube-system\tcomes with k3s\tas it should be\n"
                        + "traefik\tkube-system\tcomes with k3s\tit is another's: it was made by hand\n");
    }
}
