package homelab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.model.NodeName;
import homelab.problem.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {
    @TempDir
    Path folder;

    private final LocalHost host = new LocalHost(new NodeName("jarvis"));

    @Test
    void bringsBackExitCodeOutputAndErrors() {
        Output output = host.run(user("printf 'a\\000b'; echo oops >&2; exit 7"));

        assertThat(output.exit()).isEqualTo(7);
        assertThat(output.out()).containsExactly('a', 0, 'b');
        assertThat(output.errors()).isEqualTo("oops\n");
    }

    @Test
    void carriesMegabytesOfBothStreams() {
        Output output = host.run(user("head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; echo end"));

        assertThat(output.out()).hasSize(3000004);
        assertThat(output.err()).hasSize(256 * 1024);
    }

    @Test
    void runsWithoutInputAndInEnglish() {
        assertThat(host.run(user("cat; echo \"$LC_ALL\"; cd /nowhere || true")).text())
                .isEqualTo("C\n");
    }

    @Test
    void runsAsRootWhereItIsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "the tests do not run as root here");

        assertThat(host.run(Script.root("who", "id -u", Duration.ofSeconds(5))).text())
                .isEqualTo("0\n");
    }

    @Test
    void stopsAScriptAtItsLimit() {
        Output output = host.run(Script.user("slow", "echo begun; sleep 30", Duration.ofSeconds(3)));

        assertThat(output.exit()).isEqualTo(124);
        assertThat(output.text()).isEqualTo("begun\n");
        assertThat(output.errors()).isEqualTo("stopped after 3 s\n");
    }

    @Test
    void aScriptThatEndsWith124ByItselfWasNotStopped() {
        assertThat(host.run(user("exit 124")).errors()).isEmpty();
    }

    @Test
    void doesNotWaitForADaemonThatTheScriptLeaves() {
        long start = System.nanoTime();

        assertThat(host.run(user("sleep 20 & echo started")).text()).isEqualTo("started\n");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void runsInASessionOfItsOwnSoThatCtrlCDoesNotTearIt() {
        String ours = host.run(user("ps -o sid= $PPID")).text().strip();

        assertThat(ours).isNotEmpty().isNotEqualTo(sessionOfThisJvm());
    }

    private String sessionOfThisJvm() {
        return host.run(user("ps -o sid= " + ProcessHandle.current().pid()))
                .text()
                .strip();
    }

    @Test
    void uploadsAFileWithItsMode() throws Exception {
        byte[] bytes = new byte[700_000];
        Path local = Files.write(folder.resolve("local"), bytes);
        Path target = folder.resolve("it's here/k3s");
        AtomicLong sent = new AtomicLong();

        host.upload(local, target.toString(), sha256(bytes), "0750", sent::set);

        assertThat(target).hasBinaryContent(bytes);
        assertThat(Files.getPosixFilePermissions(target)).hasSize(5);
        assertThat(sent).hasValue(bytes.length);
        assertThat(target.getParent().toFile().list()).noneMatch(name -> name.contains(".part"));
    }

    @Test
    void leavesTheTargetAloneWhenTheSumIsWrong() throws Exception {
        Path local = Files.writeString(folder.resolve("local"), "new");
        Path target = Files.writeString(folder.resolve("target"), "old");

        Failure failure = catchThrowableOfType(
                Failure.class, () -> host.upload(local, target.toString(), "0".repeat(64), "0644", Host.Progress.NONE));

        assertThat(failure.problems().get(0).what()).contains("is not what was meant");
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).noneMatch(name -> name.contains(".part"));
    }

    @Test
    void saysThatAFileCannotBeStored() throws Exception {
        Path local = Files.writeString(folder.resolve("local"), "new");
        Path target = Files.writeString(folder.resolve("file"), "").resolve("below a file");

        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> host.upload(local, target.toString(), sha256("new".getBytes()), "0644", Host.Progress.NONE));

        assertThat(failure.problems().get(0).what()).isEqualTo("jarvis: " + target + " could not be stored");
        assertThat(failure.problems().get(0).why()).startsWith("mkdir: ");
    }

    @Test
    void anUploadNeedsAPathASumAndAMode() {
        assertThatThrownBy(() -> new Receiver("/x", "abc", "0644", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Receiver("relative", "0".repeat(64), "0644", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Receiver("/x", "0".repeat(64), "u+x; reboot", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void talksToAnOpenScriptLineByLine() {
        try (Host.Session session = host.open(user("echo ready\nwhile read -r line; do echo \"got $line\"; done"))) {
            assertThat(session.readLine()).contains("ready");
            session.writeLine("one");
            assertThat(session.readLine()).contains("got one");
            assertThat(session.alive()).isTrue();
        }
    }

    @Test
    void anOpenScriptThatHasEndedSaysSo() {
        Host.Session session = host.open(user("echo last"));

        assertThat(session.readLine()).contains("last");
        assertThat(session.readLine()).isEmpty();
        assertThatThrownBy(() -> session.writeLine("x")).isInstanceOf(Failure.class);
    }

    @Test
    void forwardsAPortToOneOfItsOwn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Host.Forward forward = host.forward("127.0.0.1", server.getLocalPort())) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echoOnce(server));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.localPort())) {
                socket.getOutputStream().write("hello".getBytes());
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes())).isEqualTo("heard hello");
            }
            echo.join();
        }
    }

    private static void echoOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] heard = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(("heard " + new String(heard)).getBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Script user(String text) {
        return Script.user("test", text, Duration.ofSeconds(20));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
