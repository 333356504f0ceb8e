package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.Status;
import homelab.resource.Worst;
import org.junit.jupiter.api.Test;

class ReleaseReadyTest {
    private static final ReleaseReady READY = new ReleaseReady(Captured.WHOAMI);
    private final Captured captured = Captured.whoami();

    @Test
    void isSameWhenEveryControllerSaysSo() {
        assertThat(READY.status(captured.readings(READY))).isEqualTo(Status.SAME);
    }

    @Test
    void saysWhatIsWaitedForInThePodsOwnWords() {
        Captured pulling = captured.withObjects("\"availableReplicas\":2", "\"availableReplicas\":1")
                .withObjects(
                        "\"cells\":[\"whoami-787f875f59-klcw8\",\"1/1\",\"Running\"",
                        "\"cells\":[\"whoami-787f875f59-klcw8\",\"0/1\",\"ImagePullBackOff\"");
        assertThat(READY.status(pulling.readings(READY)))
                .isEqualTo(
                        Status.drift(Worst.WAIT, "Deployment web/whoami", "1/2: the image cannot be pulled", "ready"));
    }

    @Test
    void waitsUntilTheNewestStateWasSeen() {
        Captured unseen = captured.withObjects("\"observedGeneration\":", "\"observedGeneration\":0,\"was\":");
        assertThat(((Status.Drift) READY.status(unseen.readings(READY))).changes())
                .containsExactly(new Change("Deployment web/whoami", "2/2", "ready"));
    }

    @Test
    void doesNotTakeAnOldPodForTheNewOneThatDoesNotRun() {
        Captured replaced =
                captured.withObjects("\"replicas\":2,\"updatedReplicas\":2", "\"replicas\":3,\"updatedReplicas\":2");
        assertThat(((Status.Drift) READY.status(replaced.readings(READY))).changes())
                .containsExactly(new Change("Deployment web/whoami", "2/2, old pods are being replaced", "ready"));
    }

    @Test
    void waitsForTheReleaseFirst() {
        assertThat(READY.status(captured.withoutRelease().readings(READY)))
                .isEqualTo(new Status.Waits("release web/whoami is installed", Worst.WAIT));
    }
}
