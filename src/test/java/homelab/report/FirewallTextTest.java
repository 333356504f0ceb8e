package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.net.Door;
import homelab.doctor.net.Reachability;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.resource.UfwLook;
import homelab.resource.UfwSeen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirewallTextTest {
    private static final FirewallText TEXT = new FirewallText(Terminal.PIPE);
    private static final Door KUBELET = new Door("ultron", "jarvis", Ip.parse("10.0.1.10"), "tcp", 10250, "kubelet");

    private static Reachability kubelet(Reachability.State state) {
        return new Reachability(List.of(new Reachability.Way(KUBELET, state)));
    }

    private static UfwSeen seen(Reading<UfwLook.State> state) {
        return new UfwSeen(
                state, new Reading.Known<>(List.of()), new Reading.Known<>(List.of("firewalld is at work \u001b[31m")));
    }

    @Test
    void tellsWhatIsThereAndWhatWasMeasured() {
        UfwSeen on = seen(new Reading.Known<>(new UfwLook.State("DROP", "ACCEPT", "ACCEPT", true, false)));
        assertThat(TEXT.of(Map.of(new NodeName("jarvis"), on), kubelet(Reachability.State.SILENT)))
                .contains("UFW is off, at boot on; incoming DROP", "note: firewalld is at work")
                .contains("ultron\tjarvis\t10250/tcp (kubelet)\tno answer")
                .doesNotContain("\u001b");
    }

    @Test
    void whatCouldNotBeLookedAtIsNotTakenForOff() {
        UfwSeen blind = seen(new Reading.Unknown<>("the host was lost"));
        assertThat(TEXT.of(Map.of(new NodeName("jarvis"), blind), new Reachability(List.of())))
                .contains("could not be looked at: the host was lost")
                .doesNotContain("UFW is");
    }

    @Test
    void setsBeforeBesideAfter() {
        assertThat(TEXT.compared(kubelet(Reachability.State.CLOSED), kubelet(Reachability.State.OPEN)))
                .contains("nobody listens\topen");
        assertThat(TEXT.compared(new Reachability(List.of()), kubelet(Reachability.State.OPEN)))
                .contains("not asked\topen");
    }
}
