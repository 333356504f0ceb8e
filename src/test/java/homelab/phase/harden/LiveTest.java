package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that restarts a k3s which no longer answers. */
class LiveTest {
    @TempDir
    private Path root;

    private HostDouble host;

    @BeforeEach
    void aServerThatRunsForLong() throws IOException {
        host = new HostDouble(root);
        active("k3s", "0");
    }

    private void active(String unit, String since) throws IOException {
        host.program(
                "systemctl",
                "case $* in '-q is-active " + unit + "') ;; *is-active*) exit 3 ;; show*) echo " + since
                        + " ;; *) echo \"$*\" >>" + root + "/systemctl ;; esac");
        host.program("cut", "echo 100000");
    }

    private HostDouble.Ran live(String shell) throws Exception {
        return host.run(shell, "live", "", Map.of("HOMELAB_RUN", root + "/run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void restartsAfterThreeTimesWithoutAnAnswer(String shell) throws Exception {
        host.program("k3s", "echo 'net/http: TLS handshake timeout' >&2; exit 1");

        assertThat(live(shell).said()).contains("<4>k3s did not answer (1): net/http: TLS handshake timeout");
        assertThat(live(shell).said()).contains("(2)");
        assertThat(host.text("systemctl")).isEmpty();
        assertThat(live(shell).said()).contains("<3>k3s is restarted");
        assertThat(host.text("systemctl").strip()).isEqualTo("restart --no-block k3s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void countsAnAnswerThatSomethingIsWrongAsLife(String shell) throws Exception {
        host.program("k3s", "echo 'Error from server (InternalError): livez check failed' >&2; exit 1");
        for (int i = 0; i < 4; i++) {
            live(shell);
        }
        assertThat(host.text("systemctl")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void beginsAnewAfterAnAnswer(String shell) throws Exception {
        host.program("k3s", "exit 1");
        live(shell);
        live(shell);
        host.program("k3s", "echo ok");
        live(shell);
        host.program("k3s", "exit 1");

        assertThat(live(shell).said()).contains("(1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void leavesAK3sAloneThatWasRestartedTwiceWithinTheHour(String shell) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        host.keep("run/live-restarts", (now - 3500) + "\n" + (now - 1200) + "\n");
        host.keep("run/live-failures", "x\nx\n");
        host.program("k3s", "exit 1");

        HostDouble.Ran ran = live(shell);

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.said()).contains("<2>k3s was restarted twice within the hour");
        assertThat(host.text("systemctl")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void asksNothingOfAK3sThatHasJustBegun(String shell) throws Exception {
        active("k3s-agent", "99700000000");
        host.program("k3s", "echo asked >>" + root + "/asked; exit 1");

        live(shell);

        assertThat(host.text("asked")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void asksTheKubeletOfAnAgent(String shell) throws Exception {
        active("k3s-agent", "0");
        host.program("k3s", "echo \"$*\" >>" + root + "/asked");

        live(shell);

        assertThat(host.text("asked")).contains("http://127.0.0.1:10248", "/healthz");
    }
}
