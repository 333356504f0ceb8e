package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.host.Host;
import homelab.host.LocalHost;
import homelab.host.Outcome;
import homelab.host.Script;
import homelab.model.Access;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server in this JVM that can misbehave. */
class SshConnectorTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path key;
    private SshConnector connector;
    private FakeSshd sshd;

    @BeforeAll
    static void makeKey() throws Exception {
        key = shared.resolve("id_ecdsa");
        OpenSsh.keygen(key, "-t", "ecdsa");
    }

    @BeforeEach
    void start() throws Exception {
        sshd = FakeSshd.start(shared, 0);
        connector = new SshConnector(folder, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        sshd.close();
    }

    @Test
    void offersKeysInOpenSshsOrderAndStopsAtTheFirstThatFits() throws Exception {
        Path ssh = Files.createDirectories(folder.resolve(".ssh"));
        Files.copy(key, ssh.resolve("id_ecdsa"));
        OpenSsh.keygen(ssh.resolve("id_rsa"), "-t", "rsa");
        sshd.lettingIn(fingerprint -> sshd.offered().size() == 2);

        connect(node("pi", Optional.empty()));

        assertThat(sshd.offered()).hasSize(2);
        assertThat(sshd.offered().get(0)).isEqualTo(fingerprint(key));
        assertThat(sshd.offered().get(1)).isEqualTo(fingerprint(ssh.resolve("id_rsa")));
    }

    @Test
    void triesNoOtherKeyThanTheOneTheInventoryNames() throws Exception {
        Path ssh = Files.createDirectories(folder.resolve(".ssh"));
        OpenSsh.keygen(ssh.resolve("id_rsa"), "-t", "rsa");

        connect(node("pi"));

        assertThat(sshd.offered()).containsExactly(fingerprint(key));
    }

    @Test
    void doesNotTryAgainWhenTheKeyIsRefused() {
        sshd.lettingIn(fingerprint -> false);
        long start = System.nanoTime();

        Failure failure = refused(node("pi"));

        assertThat(failure.problems().get(0).what()).isEqualTo("ultron: pi is not let in");
        assertThat(sshd.connections()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void becomesRootBySudoOnlyWhereThatIsNeeded() {
        connect(node("pi")).run(Script.root("as root", "true", Duration.ofSeconds(30)));
        connect(node("pi")).run(Script.user("as pi", "true", Duration.ofMillis(1200)));
        SshConnector other = new SshConnector(folder, Duration.ofSeconds(2));
        Node root = node("root");
        other.connect(Sites.cluster(folder.resolve("known_hosts"), root), root)
                .run(Script.root("as root", "true", Duration.ofSeconds(30)));
        other.close();

        assertThat(sshd.commands())
                .containsExactly(
                        "exec env LC_ALL=C sudo -n timeout -k 5 30 sh -s",
                        "exec timeout -k 5 2 sh -s",
                        "exec timeout -k 5 30 sh -s");
    }

    @Test
    void tellsHowToAllowSudoWithoutAPassword() {
        sshd.answering(call -> {
            call.err("sudo: a password is required\n");
            call.exit(1);
        });
        Host host = connect(node("pi"));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> host.run(Script.root("facts", "x=1", Duration.ofSeconds(5))));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        Problem problem = failure.problems().get(0);
        assertThat(problem.what()).isEqualTo("ultron: no passwordless sudo for pi");
        assertThat(problem.why()).contains("sudo: a password is required");
        assertThat(problem.fix()).contains("pi ALL=(ALL) NOPASSWD: ALL").contains("/etc/sudoers.d/010_pi-nopasswd");
    }

    @Test
    void takesASudoErrorOfAScriptThatRanForAnAnswer() {
        sshd.answering(call -> {
            call.begin();
            call.out("began\n");
            call.err("sudo: something inside failed\n");
            call.exit(1);
        });

        assertThat(connect(node("pi"))
                        .run(Script.root("deed", "x=1", Duration.ofSeconds(5)))
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void tellsThatSudoIsMissingToASessionToo() {
        sshd.answering(call -> {
            call.err("env: 'sudo': No such file or directory\n");
            call.exit(127);
        });
        Host.Session session = connect(node("pi")).open(Script.root("lock", "x=1", Duration.ofSeconds(5)));

        Failure failure = catchThrowableOfType(Failure.class, session::readLine);

        assertThat(failure.problems().get(0).what()).isEqualTo("ultron: no passwordless sudo for pi");
    }

    @Test
    void aDroppedConnectionLeavesTheOutcomeUnknown() {
        sshd.answering(FakeSshd.Call::drop);
        Host host = connect(node("pi"));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.run(script("write config")));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        assertThat(failure.problems().get(0).what()).isEqualTo("ultron: the connection was lost during 'write config'");
        assertThat(failure.problems().get(0).why()).endsWith("; whether it was done is unknown");
    }

    @Test
    void connectsAnewAfterADroppedConnection() {
        sshd.answering(FakeSshd.Call::drop);
        Host lost = connect(node("pi"));
        catchThrowableOfType(Failure.class, () -> lost.run(script("first")));
        sshd.answering(call -> {
            call.out("back");
            call.exit(0);
        });

        assertThat(connect(node("pi")).run(script("second")).text()).isEqualTo("back");
    }

    @Test
    void aHostThatIsRevivedGoesOnByANewConnection() {
        sshd.answering(FakeSshd.Call::drop);
        Host host = connect(node("pi"));
        catchThrowableOfType(Failure.class, () -> host.run(script("first")));
        sshd.answering(call -> {
            call.out("back");
            call.exit(0);
        });

        host.revive();

        assertThat(host.run(script("second")).text()).isEqualTo("back");
        assertThat(connect(node("pi"))).isSameAs(host);
        assertThat(sshd.connections()).isEqualTo(2);
    }

    @Test
    void givesUpOnAHostThatNeverEndsAScript() throws Exception {
        sshd.answering(call -> TimeUnit.SECONDS.sleep(30));
        Link link = ((SshHost) connect(node("pi"))).link();
        Outcome.Who who = new Outcome.Who(new NodeName("ultron"), "pi");
        SshHost impatient = new SshHost(
                who,
                new Root(true, new SudoPasswords(Means.filesOf(folder)).of(Optional.empty(), "pi")),
                () -> link,
                Duration.ofMillis(200));

        Failure failure = catchThrowableOfType(
                Failure.class, () -> impatient.run(Script.user("slow", "x", Duration.ofSeconds(1))));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        assertThat(failure.problems().get(0).what()).isEqualTo("ultron: no end of 'slow' within 1 s");
        assertThat(failure.problems().get(0).why()).contains("whether it was done is unknown");
        assertThat(link.alive()).as("others may go on with the connection").isTrue();
    }

    @Test
    void triesAgainUntilTheHostIsUp() throws Exception {
        sshd.close();
        int port = sshd.port();
        CompletableFuture<FakeSshd> later = CompletableFuture.supplyAsync(
                () -> startLater(port), CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));

        Host host = connect(Sites.node("ultron", port, key));

        assertThat(host.run(script("hello")).ok()).isTrue();
        later.get().close();
    }

    private static FakeSshd startLater(int port) {
        try {
            return FakeSshd.start(shared, port);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void saysForHowLongItTriedAHostThatRefuses() throws Exception {
        int port = OpenSsh.freePort();

        Failure failure = refused(Sites.node("ultron", port, key));

        assertThat(failure.exit()).isEqualTo(Exit.BLIND);
        Problem problem = failure.problems().get(0);
        assertThat(problem.what()).isEqualTo("ultron: cannot be reached by SSH");
        assertThat(problem.why()).isEqualTo("127.0.0.1 port " + port + ": connection refused (tried for 2 s)");
        assertThat(problem.fix()).contains("ssh -p " + port + " " + Sites.USER + "@127.0.0.1");
    }

    @Test
    void doesNotWaitForEverForAServerThatSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();

            Failure failure = refused(Sites.node("ultron", mute.getLocalPort(), key));

            assertThat(failure.problems().get(0).why()).contains("no answer");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void saysSoWhenThereIsNoAlgorithmInCommon() throws Exception {
        try (FakeSshd old = FakeSshd.startWithOldKeyExchangeOnly(shared)) {
            assertThat(refused(Sites.node("ultron", old.port(), key))
                            .problems()
                            .get(0)
                            .what())
                    .isEqualTo("ultron: its sshd and homelab have no algorithm in common");
            assertThat(old.connections()).isEqualTo(1);
        }
    }

    @Test
    void worksWhereKnownHostsCannotBeWritten() throws Exception {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        Node node = node("pi");

        Host host = connector.connect(Sites.cluster(notAFolder.resolve("known_hosts"), node), node);

        assertThat(host.run(script("hello")).ok()).isTrue();
    }

    @Test
    void connectsOnceForSeveralThatAskAtOnce() {
        List<CompletableFuture<Host>> all = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> connect(node("pi"))))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(sshd.connections()).isEqualTo(1);
    }

    @Test
    void refusesToGoInCircles() {
        Node one = Sites.node("one", sshd.port(), key, "two");
        Node two = Sites.node("two", sshd.port(), key, "one");

        Failure failure = catchThrowableOfType(
                Failure.class, () -> connector.connect(Sites.cluster(folder.resolve("known_hosts"), one, two), one));

        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        assertThat(failure.problems().get(0).what()).isEqualTo("one: no way through two");
    }

    @Test
    void takesThisMachineWithoutSsh() {
        Node local = Sites.node("jarvis", new Access.Local());

        assertThat(connect(local)).isInstanceOf(LocalHost.class);
        assertThat(sshd.connections()).isZero();
    }

    private Node node(String user) {
        return node(user, Optional.of(key));
    }

    private Node node(String user, Optional<Path> userKey) {
        return Sites.node("ultron", Sites.access(sshd.port(), user, userKey, Optional.empty()));
    }

    private Host connect(Node node) {
        return connector.connect(Sites.cluster(folder.resolve("known_hosts"), node), node);
    }

    private Failure refused(Node node) {
        return catchThrowableOfType(Failure.class, () -> connect(node));
    }

    private static Script script(String title) {
        return Script.user(title, "true", Duration.ofSeconds(5));
    }

    private static String fingerprint(Path file) throws Exception {
        String[] words = Files.readString(Path.of(file + (Files.exists(Path.of(file + ".pub")) ? ".pub" : "")))
                .split(" ");
        return new HostKey(words[0], words[1]).fingerprint();
    }
}
