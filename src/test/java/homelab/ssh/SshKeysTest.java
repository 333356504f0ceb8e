package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.host.Asker;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.Secret;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents and passphrases, with a real agent and a real sshd. */
class SshKeysTest {
    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static OpenSsh sshd;
    private final List<String> questions = new ArrayList<>();
    private Map<String, String> env = Map.of();
    private Asker asker = Asker.NOBODY;
    private SshConnector connector;

    @BeforeAll
    static void startSshd() throws Exception {
        sshd = OpenSsh.start(shared);
    }

    @AfterAll
    static void stopSshd() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @BeforeEach
    void makeFolder() throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
    }

    @AfterEach
    void closeConnector() {
        if (connector != null) {
            connector.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa", "-t rsa"})
    void letsInWithAKeyThatOnlyTheAgentHas(String kind) throws Exception {
        try (KeyAgent agent = KeyAgent.start()) {
            agent.with(stranger("other")).with(onlyOfAgent(kind));
            env = Map.of("SSH_AUTH_SOCK", agent.socket().toString());

            assertThat(says(node())).isEqualTo("in\n");
        }
    }

    @Test
    void triesNoOtherKeyOfTheAgentThanTheOneTheInventoryNames() throws Exception {
        try (KeyAgent agent = KeyAgent.start()) {
            Path mine = sshd.userKey("named", "-t", "ed25519");
            agent.with(stranger("one")).with(stranger("two")).with(mine);
            env = Map.of("SSH_AUTH_SOCK", agent.socket().toString());
            lock(mine, "nobody is asked for it");

            assertThat(says(Sites.node("jarvis", sshd.port(), mine))).isEqualTo("in\n");
        }
    }

    @Test
    void saysThatTheHostHungUpAfterTooManyKeysAndWhichTheyWere() throws Exception {
        try (KeyAgent agent = KeyAgent.start()) {
            for (int i = 1; i <= 8; i++) {
                agent.with(stranger("stranger" + i));
            }
            env = Map.of("SSH_AUTH_SOCK", agent.socket().toString());

            Problem problem = refused(node()).problems().get(0);

            // The seventh may be on its way when sshd hangs up.
            assertThat(problem.why())
                    .containsPattern("hung up after [67] keys \\(its MaxAuthTries\\): ")
                    .containsSubsequence("stranger1 of the agent (ssh-ed25519 SHA256:", ", then ", "stranger6")
                    .doesNotContain("stranger8");
            assertThat(problem.fix()).contains("key in the inventory", "IdentitiesOnly yes");
        }
    }

    @Test
    void goesOnWithFilesWhereTheAgentIsGone() throws Exception {
        env = Map.of("SSH_AUTH_SOCK", home.resolve("gone").toString());
        Files.copy(sshd.userKey("file", "-t", "ed25519"), home.resolve(".ssh/id_ed25519"));

        assertThat(says(node())).isEqualTo("in\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-t ed25519", "-t ecdsa", "-t rsa", "-t rsa -m PEM", "-t ed25519 -Z aes256-gcm@openssh.com"})
    void asksForThePassphraseOnceForAllHosts(String kind) throws Exception {
        Path mine = sshd.userKey("locked" + kind.replaceAll("[^a-z0-9]", ""), kind.split(" -Z")[0].split(" "));
        lock(mine, "correct horse", kind.contains("-Z") ? new String[] {"-Z", kind.split("-Z ")[1]} : new String[0]);
        asker = answers("correct horse");
        connector = connector();
        List<CompletableFuture<String>> all = List.of("jarvis", "ultron", "vision").stream()
                .map(name -> CompletableFuture.supplyAsync(() -> says(Sites.node(name, sshd.port(), mine))))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join)).containsOnly("in\n");
        assertThat(questions).containsExactly("Passphrase of " + mine + ": ");
    }

    @Test
    void asksAgainForAPassphraseThatDoesNotFitAndNotForEver() throws Exception {
        Path mine = sshd.userKey("thrice", "-t", "ed25519");
        lock(mine, "right");
        asker = answers("wrong", "wrong too", "still wrong");

        assertThat(refused(Sites.node("jarvis", sshd.port(), mine))
                        .problems()
                        .get(0)
                        .what())
                .contains("is not let in");
        assertThat(questions).hasSize(3);
        asker = answers("wrong", "right");
        connector = null;
        assertThat(says(Sites.node("jarvis", sshd.port(), mine))).isEqualTo("in\n");
    }

    @Test
    void asksForNoPassphraseOfAKeyThatTheHostDoesNotTake() throws Exception {
        Path stranger = stranger("locked");
        lock(stranger, "right");
        asker = answers("right");

        refused(Sites.node("jarvis", sshd.port(), stranger));

        assertThat(questions).isEmpty();
    }

    private Path stranger(String name) throws Exception {
        Path key = home.resolve(name);
        OpenSsh.keygen(key, "-t", "ed25519", "-C", name);
        return key;
    }

    private Path onlyOfAgent(String kind) throws Exception {
        return sshd.userKey("agents" + kind.replaceAll("[^a-z0-9]", ""), kind.split(" "));
    }

    private static void lock(Path key, String passphrase, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-p", "-a", "4", "-P", "", "-N", passphrase, "-f", key.toString()));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private synchronized Optional<Secret> next(List<String> left, String question) {
        questions.add(question.replaceFirst("^That does not fit. ", ""));
        return left.isEmpty() ? Optional.empty() : Optional.of(new Secret(left.remove(0)));
    }

    private Asker answers(String... all) {
        List<String> left = new ArrayList<>(Arrays.asList(all));
        return question -> next(left, question);
    }

    private static Node node() {
        return Sites.node("jarvis", Sites.access(sshd.port(), Sites.USER, Optional.empty(), Optional.empty()));
    }

    private SshConnector connector() {
        Means means = new Means(home, env, asker, source -> {
            throw new AssertionError("no secret is named");
        });
        return new SshConnector(means, Duration.ofSeconds(5));
    }

    private String says(Node node) {
        if (connector == null) {
            connector = connector();
        }
        return connector
                .connect(Sites.cluster(home.resolve("known_hosts"), node), node)
                .run(Script.user("say", "echo in", Duration.ofSeconds(20)))
                .text();
    }

    private Failure refused(Node node) {
        return catchThrowableOfType(Failure.class, () -> says(node));
    }
}
