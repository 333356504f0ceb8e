package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Backend;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.resource.OverlayReaches.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayReachesTest {
    @TempDir
    Path folder;

    FakeTools tools;

    @BeforeEach
    void tables() throws IOException {
        tools = new FakeTools(folder)
                .with(
                        "bridge",
                        "echo '7a:25:4f:01:02:03 dst 10.0.1.11 self permanent'; echo '7a:25:4f:01:02:04 dst 10.0.1.110 self permanent'")
                .with(
                        "ip",
                        "echo '10.42.9.0 lladdr 7a:25:4f:01:02:04 PERMANENT'; echo '10.42.1.0 lladdr 7a:25:4f:01:02:03 PERMANENT'");
    }

    @Test
    void isSameWhenEveryOtherNodeAnswers() throws IOException {
        answering("10.42.1.0 10.42.2.0");
        assertThat(tools.sh().status(reaches("10.42.1.0", "10.42.2.0"))).isEqualTo(Status.SAME);
    }

    @Test
    void namesTheUdpPortWhenOnlyTheTunnelIsSilent() throws IOException {
        answering("10.42.2.0 10.0.1.11 10.0.1.12");
        assertThat(tools.sh().status(reaches("10.42.1.0", "10.42.2.0")))
                .isEqualTo(Status.drift(
                        Worst.WAIT,
                        "pods of ultron from jarvis",
                        "unreachable: ultron answers in the LAN but not through the tunnel: UDP 8472 is blocked between them",
                        "reachable"));
    }

    @Test
    void tellsANodeThatIsDownFromOneThatIsBlocked() throws IOException {
        answering("10.42.2.0");
        assertThat(tools.sh().status(reaches("10.42.1.0", "10.42.2.0")).toString())
                .contains("ultron does not answer in the LAN either")
                .doesNotContain("8472");
    }

    @Test
    void findsTheAddressThatFlannelKnows() throws IOException {
        answering("10.42.1.0 10.42.2.0");
        assertThat(tools.sh().status(reaches("", "10.42.2.0"))).isEqualTo(Status.SAME);
    }

    @Test
    void namesANodeThatFlannelDoesNotKnow() throws IOException {
        answering("10.42.1.0 10.42.2.0");
        assertThat(tools.sh().status(reaches("10.42.1.0", "")).toString())
                .contains("flannel on jarvis does not know vision");
    }

    @Test
    void doesNotJudgeWhenAnAnswerIsMissing() {
        OverlayReaches reaches = reaches("10.42.1.0", "10.42.2.0");
        assertThat(reaches.status(LocalSh.answering(reaches, "overlay from jarvis", "ultron ok ok\n")))
                .isInstanceOf(Status.Unknown.class);
        assertThat(reaches.status(LocalSh.answering(reaches, "overlay from jarvis", "ultron blind ok\nvision ok ok\n")))
                .isInstanceOf(Status.Unknown.class);
    }

    private void answering(String addresses) throws IOException {
        tools.with("ping", "for last; do :; done\ncase ' " + addresses + " ' in *\" $last \"*) exit 0;; esac\nexit 1");
    }

    private static OverlayReaches reaches(String ultron, String vision) {
        return new OverlayReaches(
                new NodeName("jarvis"),
                Backend.VXLAN,
                List.of(peer("ultron", "10.0.1.11", ultron), peer("vision", "10.0.1.12", vision)));
    }

    private static Peer peer(String name, String lan, String pods) {
        return new Peer(new NodeName(name), Ip.parse(lan), pods);
    }
}
