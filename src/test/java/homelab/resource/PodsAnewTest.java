package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import org.junit.jupiter.api.Test;

class PodsAnewTest {
    private static final PodsAnew PODS = new PodsAnew(new NodeName("jarvis"));

    private static Status status(String said) {
        return PODS.status(LocalSh.answering(PODS, PODS.probes().get(0).id(), said));
    }

    @Test
    void whatWasBegunBeforeIsMadeAnew() {
        assertThat(status("kube-system coredns-1\nargocd argocd-server-2\n"))
                .isEqualTo(Status.drift(
                        Worst.RESTART,
                        "pods that watch the API",
                        "2 begun before k3s of jarvis, deaf since",
                        "made anew by their owners"));
        assertThat(status("\n")).isEqualTo(Status.SAME);
    }

    @Test
    void aSilentApiTellsNothing() {
        assertThat(status("silent\n")).isInstanceOf(Status.Waits.class);
        assertThat(status("\nsilent\n")).isInstanceOf(Status.Waits.class);
    }
}
