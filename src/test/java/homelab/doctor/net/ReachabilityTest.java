package homelab.doctor.net;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.net.Reachability.State;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.phase.Clusters;
import homelab.probe.Probe;
import homelab.resource.LocalSh;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private static final Door KUBELET = new Door("ultron", "jarvis", Ip.parse("10.0.1.10"), "tcp", 10250, "kubelet");

    private static Reachability kubelet(State state) {
        return new Reachability(List.of(new Reachability.Way(KUBELET, state)));
    }

    @Test
    void asksForAllThatK3sAndTheInventoryNeed() {
        Cluster two = Clusters.twoPis();
        assertThat(Door.from(two, two.nodes().get(1)))
                .extracting(Door::text)
                .contains("22/tcp (SSH)", "10250/tcp (kubelet)", "6443/tcp (Kubernetes API)", "8472/udp (pod network)")
                .doesNotHaveDuplicates()
                .noneMatch(door -> door.startsWith("2379"));
        assertThat(Door.fromHere(two)).extracting(Door::text).contains("22/tcp (SSH)", "6443/tcp (Kubernetes API)");
    }

    @Test
    void readsWhatCameOfItAndLeavesOutWhatCouldNotBeAsked() {
        Cluster two = Clusters.twoPis();
        Ip jarvis = two.nodes().get(0).ip();
        Probe<Reachability> probe = Reachability.from(two, two.nodes().get(1));
        String said = "%s tcp 22 0\n%s tcp 10250 124\n%s tcp 6443 1\n".replace("%s", jarvis.toString());

        Reachability read = LocalSh.reading(probe, 0, said).known().orElseThrow();

        assertThat(read.ways())
                .extracting(Reachability.Way::state)
                .containsExactly(State.OPEN, State.SILENT, State.CLOSED);
        assertThat(LocalSh.reading(probe, 1, "there is neither bash nor nc").known())
                .isEmpty();
    }

    @Test
    void aDoorIsLostWhenItAnswersLessThanBefore() {
        assertThat(kubelet(State.SILENT).lostSince(kubelet(State.CLOSED))).containsExactly(KUBELET);
        assertThat(kubelet(State.SILENT).lostSince(kubelet(State.OPEN))).containsExactly(KUBELET);
        assertThat(kubelet(State.CLOSED).lostSince(kubelet(State.OPEN))).containsExactly(KUBELET);
        assertThat(kubelet(State.OPEN).lostSince(kubelet(State.SILENT))).isEmpty();
        assertThat(kubelet(State.SILENT).lostSince(kubelet(State.SILENT))).isEmpty();
        assertThat(kubelet(State.SILENT).lostSince(new Reachability(List.of()))).isEmpty();
    }
}
