package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Access;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real sshd on loopback. */
class OpenSshTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static OpenSsh sshd;
    private static Path key;
    private SshConnector connector;

    @BeforeAll
    static void startSshd() throws Exception {
        sshd = OpenSsh.start(shared);
        key = sshd.userKey("id_ed25519", "-t", "ed25519");
    }

    @AfterAll
    static void stopSshd() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @BeforeEach
    void makeConnector() {
        connector = new SshConnector(folder, Duration.ofSeconds(5));
    }

    @AfterEach
    void closeConnector() {
        connector.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ed25519",
                "-t ecdsa -b 256",
                "-t ecdsa -b 384",
                "-t ecdsa -b 521",
                "-t rsa",
                "-t rsa -m PEM",
                "-t rsa -m PKCS8",
                "-t ecdsa -m PEM",
                "-t ecdsa -m PKCS8"
            })
    void letsInWithEveryUsualKindOfKey(String options) throws Exception {
        Path mine = sshd.userKey("key" + options.replace(" ", ""), options.split(" "));

        try (Host host = connect(Sites.node("jarvis", sshd.port(), mine))) {
            assertThat(host.run(user("echo $((6 * 7))")).text()).isEqualTo("42\n");
        }
    }

    @Test
    void triesTheUsualKeysWhenTheInventoryNamesNone() throws Exception {
        Files.createDirectories(folder.resolve(".ssh"));
        OpenSsh.keygen(folder.resolve(".ssh/id_ed25519"), "-t", "ed25519");
        Files.copy(sshd.userKey("usual_rsa", "-t", "rsa"), folder.resolve(".ssh/id_rsa"));
        Node node = Sites.node("jarvis", Sites.access(sshd.port(), Sites.USER, Optional.empty(), Optional.empty()));

        assertThat(connect(node).run(user("echo in")).text()).isEqualTo("in\n");
    }

    @Test
    void namesTheKeysThatWereRefused() throws Exception {
        Path stranger = folder.resolve("stranger");
        OpenSsh.keygen(stranger, "-t", "ed25519");

        Failure failure = refused(Sites.node("ultron", sshd.port(), stranger));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        Problem problem = failure.problems().get(0);
        assertThat(problem.what()).isEqualTo("ultron: " + Sites.USER + " is not let in");
        assertThat(problem.why())
                .contains("127.0.0.1 port " + sshd.port() + " refused " + stranger + " (ssh-ed25519 SHA256:")
                .contains("it takes publickey");
        assertThat(problem.fix())
                .isEqualTo("ssh-copy-id -i " + stranger + " -p " + sshd.port() + " " + Sites.USER + "@127.0.0.1");
    }

    @Test
    void saysThatAKeyIsProtectedByAPassphrase() throws Exception {
        Path locked = folder.resolve("locked");
        OpenSsh.keygen(locked, "-t", "ed25519");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f", locked.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();

        assertThat(refused(Sites.node("ultron", sshd.port(), locked))
                        .problems()
                        .get(0)
                        .why())
                .contains("there is no private key to try")
                .contains("protected by a passphrase");
    }

    @Test
    void saysThatThereIsNoKeyAtAll() {
        Node node = Sites.node("ultron", Sites.access(sshd.port(), Sites.USER, Optional.empty(), Optional.empty()));

        Problem problem = refused(node).problems().get(0);

        assertThat(problem.why()).isEqualTo("there is no private key to try");
        assertThat(problem.fix()).startsWith("make a key with ssh-keygen");
    }

    @Test
    void remembersANewHostAndKnowsItAgain() throws Exception {
        connect(node("jarvis")).run(user("true"));
        connector.close();
        connector = new SshConnector(folder, Duration.ofSeconds(5));
        connect(node("jarvis")).run(user("true"));

        assertThat(knownHosts()).hasSize(1);
        assertThat(knownHosts().get(0)).startsWith("[127.0.0.1]:" + sshd.port() + " ssh-ed25519 AAAA");
        assertThat(Files.getPosixFilePermissions(folder.resolve("known_hosts"))).hasSize(2);
        assertThat(new ProcessBuilder(
                                "ssh-keygen",
                                "-F",
                                "[127.0.0.1]:" + sshd.port(),
                                "-f",
                                folder.resolve("known_hosts").toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as("OpenSSH's own tool finds the host")
                .isZero();
    }

    @Test
    void knowsAHostByItsHashedNameAndAnyKindOfKey() throws Exception {
        String rsa = Files.readString(shared.resolve("host_rsa.pub"));
        Path file = Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + sshd.port() + " " + rsa);
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        assertThat(Files.readString(file)).startsWith("|1|");

        connect(node("jarvis")).run(user("true"));

        assertThat(knownHosts()).as("nothing was added").hasSize(1);
    }

    @Test
    void refusesAChangedHostKeyWithBothFingerprintsAndTheLine() throws Exception {
        OpenSsh.keygen(folder.resolve("other"), "-t", "ed25519");
        String other = Files.readString(folder.resolve("other.pub"));
        String line = "# a comment\n[127.0.0.1]:" + sshd.port() + " " + other;
        Path file = Files.writeString(folder.resolve("known_hosts"), line);

        Problem problem = refused(node("ultron")).problems().get(0);

        assertThat(problem.what()).isEqualTo("ultron: its host key is not the known one");
        assertThat(problem.why())
                .contains("shows ssh-ed25519 " + fingerprint(shared.resolve("host_ed25519.pub")))
                .contains(file + ":2 has ssh-ed25519 " + fingerprint(folder.resolve("other.pub")));
        assertThat(problem.fix()).contains("ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "' -f " + file);
        assertThat(Files.readString(file)).isEqualTo(line);
    }

    @Test
    void doesNotTakeAnotherKindOfKeyForANewHost() throws Exception {
        try (OpenSsh other = OpenSsh.start(Files.createDirectory(folder.resolve("other")))) {
            Path mine = other.userKey("mine", "-t", "ed25519");
            Files.writeString(
                    folder.resolve("known_hosts"),
                    "[127.0.0.1]:" + other.port() + " " + Files.readString(shared.resolve("host_ed25519.pub")));
            other.run("host_rsa");

            assertThat(refused(Sites.node("ultron", other.port(), mine))
                            .problems()
                            .get(0)
                            .what())
                    .isEqualTo("ultron: its host key is not the known one");
        }
    }

    @Test
    void reachesANodeByItsIPv6Address() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
        try (OpenSsh six = OpenSsh.start(Files.createDirectory(folder.resolve("six")))) {
            Path mine = six.userKey("mine", "-t", "ed25519");
            six.run(List.of("host_ed25519"), List.of("ListenAddress ::1"));
            Node node = Sites.node(
                    "jarvis",
                    new Access.Ssh(
                            Ip.parse("0:0:0:0:0:0:0:1"), six.port(), Sites.USER, Optional.of(mine), Optional.empty()));

            assertThat(connect(node).run(user("echo $SSH_CONNECTION")).text()).startsWith("::1 ");
            assertThat(knownHosts().get(0)).startsWith("[::1]:" + six.port() + " ");
        }
    }

    @Test
    void tellsAGreetingOfTheLoginShellFromWhatAScriptSays() throws Exception {
        try (OpenSsh greets = OpenSsh.start(Files.createDirectory(folder.resolve("greets")))) {
            Path mine = greets.userKey("mine", "-t", "ed25519");
            greets.run(
                    List.of("host_ed25519"),
                    List.of("ForceCommand echo Welcome home; echo and beware >&2; eval \"$SSH_ORIGINAL_COMMAND\""));
            Host host = connect(Sites.node("jarvis", greets.port(), mine));

            Output output = host.run(user("echo out; echo err >&2; exit 3"));
            try (Host.Session session = host.open(user("echo line"))) {
                assertThat(session.readLine()).contains("line");
            }

            assertThat(output.text()).isEqualTo("out\n");
            assertThat(output.errors()).isEqualTo("err\n");
            assertThat(output.exit()).isEqualTo(3);
        }
    }

    @Test
    void reachesANodeThroughAnother() {
        Node jump = node("jarvis");
        Node behind = Sites.node("ultron", sshd.port(), key, "jarvis");
        Cluster cluster = Sites.cluster(folder.resolve("known_hosts"), jump, behind);

        Host host = connector.connect(cluster, behind);

        assertThat(host.run(user("echo behind")).text()).isEqualTo("behind\n");
    }

    @Test
    void namesTheJumpHostWhenItIsTheOneThatIsAway() throws Exception {
        connector = new SshConnector(folder, Duration.ofMillis(200));
        Node jump = Sites.node("jarvis", OpenSsh.freePort(), key);
        Node behind = Sites.node("ultron", sshd.port(), key, "jarvis");
        Cluster cluster = Sites.cluster(folder.resolve("known_hosts"), jump, behind);

        Failure failure = catchThrowableOfType(Failure.class, () -> connector.connect(cluster, behind));

        assertThat(failure.problems().get(0).what()).isEqualTo("jarvis: cannot be reached by SSH");
    }

    @Test
    void saysWhichWayItTriedWhenTheNodeBehindIsAway() throws Exception {
        connector = new SshConnector(folder, Duration.ofMillis(200));
        Node behind = Sites.node("ultron", OpenSsh.freePort(), key, "jarvis");
        Cluster cluster = Sites.cluster(folder.resolve("known_hosts"), node("jarvis"), behind);

        Failure failure = catchThrowableOfType(Failure.class, () -> connector.connect(cluster, behind));

        assertThat(failure.problems().get(0).why()).contains("through jarvis").contains("connection refused");
    }

    @Test
    void usesOneConnectionForManyScriptsAtOnce() throws Exception {
        Host host = connect(node("jarvis"));
        assertThat(connect(node("jarvis"))).isSameAs(host);

        List<CompletableFuture<String>> all = IntStream.range(0, 30)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> host.run(user("echo " + i + " $SSH_CONNECTION; sleep 0.05"))
                                .text()))
                .toList();

        List<String> ports = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String[] words = all.get(i).get().strip().split(" ");
            assertThat(words[0]).isEqualTo("" + i);
            ports.add(words[2]);
        }
        assertThat(ports).containsOnly(ports.get(0));
    }

    @Test
    void bringsBackExitCodeErrorsAndBytes() {
        Output output = connect(node("jarvis")).run(user("printf 'a\\000\\377b'; echo oops >&2; exit 7"));

        assertThat(output.exit()).isEqualTo(7);
        assertThat(output.out()).containsExactly('a', 0, 0xff, 'b');
        assertThat(output.errors()).isEqualTo("oops\n");
    }

    @Test
    void carriesMegabytesOfBothStreams() {
        Output output =
                connect(node("jarvis")).run(user("head -c 9000000 /dev/zero >&2; head -c 9000000 /dev/zero; echo end"));

        assertThat(output.out()).hasSize(9000004);
        assertThat(output.err()).as("kept up to its cap").hasSize(256 * 1024);
    }

    @Test
    void runsAScriptOfThreeHundredKilobytes() {
        String body = "x='" + "é'\\''\"$`\n".repeat(30_000) + "'\nprintf '%s' \"$x\" | wc -c";

        assertThat(connect(node("jarvis")).run(user(body)).text().strip()).isEqualTo("" + 30_000 * 7);
    }

    @Test
    void aScriptHasNoInput() {
        assertThat(connect(node("jarvis")).run(user("cat; echo end")).text()).isEqualTo("end\n");
    }

    @Test
    void neverShowsAScriptInTheProcessListNorInWords() {
        String secret = "K10c0ffee-secret";
        Script script = user(": " + secret + "; cat /proc/[0-9]*/cmdline | tr '\\0' ' '");

        Host host = connect(node("jarvis"));

        assertThat(host.run(script).text()).contains("sh -s").doesNotContain(secret);
        assertThat(script.toString()).doesNotContain(secret);
        assertThat(host.toString()).doesNotContain(secret);
        Failure failure = catchThrowableOfType(
                Failure.class, () -> host.run(user(": " + secret + "; kill -9 $(ps -o ppid= $PPID)")));
        assertThat(everythingSaidIn(failure)).doesNotContain(secret);
    }

    @Test
    void stopsAScriptAtItsLimitOnTheHostToo() throws Exception {
        Path alive = folder.resolve("alive");
        Script slow = Script.user("slow", "while :; do date >" + alive + "; sleep 0.1; done", Duration.ofSeconds(1));

        Output output = connect(node("jarvis")).run(slow);

        assertThat(output.exit()).isEqualTo(124);
        assertThat(output.errors()).isEqualTo("stopped after 1 s\n");
        Files.delete(alive);
        Thread.sleep(400);
        assertThat(alive).doesNotExist();
    }

    @Test
    void doesNotWaitForADaemonThatTheScriptLeaves() {
        long start = System.nanoTime();

        Output output = connect(node("jarvis")).run(user("sleep 20 & echo started"));

        assertThat(output.text()).isEqualTo("started\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aConnectionLostInTheMiddleLeavesTheOutcomeUnknown() {
        Host host = connect(node("jarvis"));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.run(user("kill -9 $(ps -o ppid= $PPID)")));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        assertThat(failure.problems().get(0).what()).isEqualTo("jarvis: the connection was lost during 'test'");
        assertThat(failure.problems().get(0).why()).contains("whether it was done is unknown");
        assertThat(connect(node("jarvis")).run(user("echo again")).text())
                .as("the next connect makes a new connection")
                .isEqualTo("again\n");
    }

    @Test
    void talksToAnOpenScriptLineByLine() {
        try (Host.Session session = connect(node("jarvis"))
                .open(user("echo ready\nwhile read -r line; do echo \"got $line\"; done\necho bye"))) {
            assertThat(session.readLine()).contains("ready");
            session.writeLine("one");
            session.writeLine("twö");
            assertThat(session.readLine()).contains("got one");
            assertThat(session.readLine()).contains("got twö");
            assertThat(session.alive()).isTrue();
        }
    }

    @Test
    void anOpenScriptSeesTheEndWhenTheSessionCloses() throws Exception {
        Path ended = folder.resolve("ended");
        connect(node("jarvis")).open(user("cat; touch " + ended)).close();

        waitFor(ended);
    }

    @Test
    void anOpenScriptThatHasEndedSaysSo() {
        Host.Session session = connect(node("jarvis")).open(user("echo last; exit 3"));

        assertThat(session.readLine()).contains("last");
        assertThat(session.readLine()).isEmpty();
        assertThat(session.alive()).isFalse();
        assertThat(catchThrowableOfType(Failure.class, () -> session.writeLine("x")))
                .isNotNull();
    }

    @Test
    void uploadsAFileWithItsMode() throws Exception {
        Path local = folder.resolve("local");
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(local, bytes);
        Path target = folder.resolve("new folder/k3s");
        AtomicLong sent = new AtomicLong();

        connect(node("jarvis")).upload(local, target.toString(), sha256(bytes), "0750", sent::set);

        assertThat(target).hasBinaryContent(bytes);
        assertThat(Files.getPosixFilePermissions(target)).hasSize(5);
        assertThat(sent).hasValue(bytes.length);
        assertThat(target.getParent().toFile().list()).noneMatch(name -> name.contains(".part"));
    }

    @Test
    void keepsTheOldFileWhenTheSumIsWrong() throws Exception {
        Path local = Files.writeString(folder.resolve("local"), "new");
        Path target = Files.writeString(folder.resolve("target"), "old");
        String wrong = "0".repeat(64);

        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> connect(node("jarvis")).upload(local, target.toString(), wrong, "0644", Host.Progress.NONE));

        assertThat(failure.exit()).isEqualTo(Exit.FAILED);
        assertThat(failure.problems().get(0).what()).contains("is not what was meant");
        assertThat(failure.problems().get(0).why()).contains(wrong).contains(sha256("new".getBytes()));
        assertThat(target).hasContent("old");
        assertThat(folder.toFile().list()).noneMatch(name -> name.contains(".part"));
    }

    @Test
    void tellsThatTheDiskIsFull() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue("root".equals(Sites.USER), "only root can mount a small file system");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
                "mounts are not allowed here");
        try {
            byte[] bytes = new byte[20_000_000];
            Path local = Files.write(folder.resolve("local"), bytes);
            Path target = Files.writeString(small.resolve("k3s"), "old");

            Failure failure = catchThrowableOfType(
                    Failure.class,
                    () -> connect(node("jarvis"))
                            .upload(local, target.toString(), sha256(bytes), "0644", Host.Progress.NONE));

            assertThat(failure.exit()).isEqualTo(Exit.FAILED);
            assertThat(failure.problems().get(0).what()).isEqualTo("jarvis: no room for " + target);
            assertThat(failure.problems().get(0).fix()).contains("df -h " + small);
            assertThat(target).hasContent("old");
            assertThat(small.toFile().list()).noneMatch(name -> name.contains(".part"));
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    void forwardsAPortAndOutlivesARefusedConnection() throws Exception {
        Host host = connect(node("jarvis"));
        int port = OpenSsh.freePort();
        try (Host.Forward forward = host.forward("127.0.0.1", port)) {
            assertThat(talk(forward.localPort())).as("nobody listens yet").isEmpty();
            try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
                CompletableFuture.runAsync(() -> echoOnce(server));
                assertThat(talk(forward.localPort())).isEqualTo("heard hello");
            }
        }
    }

    @Test
    void aForwardThatIsClosedListensNoMore() throws Exception {
        Host.Forward forward = connect(node("jarvis")).forward("127.0.0.1", 1);
        forward.close();

        // Not at once: the kernel lets go of the port when the thread that waits on it has woken up.
        boolean listens = true;
        for (int i = 0; i < 100 && listens; i++) {
            Thread.sleep(20);
            listens = listens(forward.localPort());
        }
        assertThat(listens).isFalse();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void manyScriptsTakeMillisecondsEach() {
        Host host = connect(node("jarvis"));
        host.run(user("true"));
        // The best of some rounds: the machine may be busy, but Nagle's algorithm would delay them all.
        long best = IntStream.range(0, 5)
                        .mapToLong(round -> millisForTen(host))
                        .min()
                        .orElseThrow()
                / 10;

        assertThat(best).as("40 ms and more would be Nagle's algorithm").isLessThan(30);
    }

    private static long millisForTen(Host host) {
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            host.run(user("true"));
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private Node node(String name) {
        return Sites.node(name, sshd.port(), key);
    }

    private Host connect(Node node) {
        return connector.connect(Sites.cluster(folder.resolve("known_hosts"), node), node);
    }

    private Failure refused(Node node) {
        return catchThrowableOfType(Failure.class, () -> connect(node));
    }

    private static Script user(String text) {
        return Script.user("test", text, Duration.ofSeconds(20));
    }

    private List<String> knownHosts() throws Exception {
        return Files.readAllLines(folder.resolve("known_hosts"));
    }

    private static String fingerprint(Path publicKey) throws Exception {
        Process process = new ProcessBuilder("ssh-keygen", "-l", "-f", publicKey.toString()).start();
        return new String(process.getInputStream().readAllBytes()).split(" ")[1];
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String everythingSaidIn(Throwable failure) {
        java.io.StringWriter said = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(said));
        return said + ((Failure) failure).problems().toString();
    }

    private static void waitFor(Path file) throws Exception {
        for (int i = 0; i < 100 && !Files.exists(file); i++) {
            Thread.sleep(30);
        }
        assertThat(file).exists();
    }

    private static String talk(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private static void echoOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            String heard = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            socket.getOutputStream().write(("heard " + heard).getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
