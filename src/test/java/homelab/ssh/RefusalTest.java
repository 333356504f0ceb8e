package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static Failure by(Throwable cause) {
        return new Failure(Exit.BLIND, Problem.of("jarvis: no SSH", "", ""), cause);
    }

    @Test
    void aClosedPortOfAHostThatRuns() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            throw new AssertionError("somebody listens");
        } catch (ConnectException e) {
            assertThat(Refusal.caused(by(new IOException("told by sshj", e)))).isTrue();
        }
    }

    @Test
    void silenceIsNone() {
        assertThat(Refusal.caused(by(new ConnectException("Connection timed out"))))
                .isFalse();
        assertThat(Refusal.caused(by(new java.net.NoRouteToHostException("No route to host"))))
                .isFalse();
        assertThat(Refusal.caused(new Failure(Exit.BLIND, Problem.of("refused", "connection refused", ""))))
                .isFalse();
    }
}
