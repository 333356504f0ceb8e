package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import homelab.artifact.Release.Artifact;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(5), 3);
    private final byte[] content = new byte[300_000];
    private final Fetch fetch = new Fetch(SHORT);

    @TempDir
    Path folder;

    Mirror mirror;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        mirror = new Mirror().put("/k3s", content);
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void bringsTheFileAndSaysHowFarItIs() throws Exception {
        Artifact artifact = artifact(content);
        Path file = fetch.fetch(artifact, uri(), Progress.NONE);
        assertThat(file).isEqualTo(artifact.cached()).hasBinaryContent(content);
        assertThat(file.resolveSibling("k3s.part")).doesNotExist();
    }

    @Test
    void asksTheMirrorOnlyOnce() throws Exception {
        fetch.fetch(artifact(content), uri(), Progress.NONE);
        fetch.fetch(artifact(content), uri(), Progress.NONE);
        assertThat(mirror.asked).containsExactly("/k3s");
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws Exception {
        mirror.cuts = 2;
        Path file = fetch.fetch(artifact(content), uri(), Progress.NONE);
        assertThat(file).hasBinaryContent(content);
        assertThat(mirror.asked).hasSize(3).element(2).asString().matches("/k3s bytes=2\\d{5}-");
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws Exception {
        part(Arrays.copyOf(content, 100_000));
        assertThat(fetch.fetch(artifact(content), uri(), Progress.NONE)).hasBinaryContent(content);
        assertThat(mirror.asked).containsExactly("/k3s bytes=100000-");
    }

    @Test
    void startsAgainWhenTheBeginningOfAnEarlierRunIsWrong() throws Exception {
        part(new byte[100_000]);
        assertThat(fetch.fetch(artifact(content), uri(), Progress.NONE)).hasBinaryContent(content);
        assertThat(mirror.asked).containsExactly("/k3s bytes=100000-", "/k3s");
    }

    @Test
    void keepsAPartThatIsTheWholeFile() throws Exception {
        part(content);
        assertThat(fetch.fetch(artifact(content), uri(), Progress.NONE)).hasBinaryContent(content);
        assertThat(mirror.asked).containsExactly("/k3s bytes=300000-");
    }

    @Test
    void startsAgainWhereTheMirrorKnowsNoRanges() throws Exception {
        mirror.ranges = false;
        part(Arrays.copyOf(content, 100_000));
        assertThat(fetch.fetch(artifact(content), uri(), Progress.NONE)).hasBinaryContent(content);
    }

    @Test
    void givesUpOnALineThatIsCutWithoutEnd() throws Exception {
        mirror.ranges = false;
        mirror.cuts = 99;
        Problem problem = problem(() -> fetch.fetch(artifact(content), uri(), Progress.NONE));
        assertThat(problem.why()).contains("cut");
        assertThat(problem.fix()).contains("goes on where it stopped", "k3s.releases");
    }

    @Test
    void namesAMirrorThatIsDown() throws Exception {
        URI gone = uri();
        mirror.close();
        Problem problem = problem(() -> fetch.fetch(artifact(content), gone, Progress.NONE));
        assertThat(problem.what()).contains(gone.toString());
        assertThat(problem.why()).isEqualTo("127.0.0.1: connection refused");
        assertThat(problem.fix()).contains("k3s.releases");
    }

    @Test
    void namesAMirrorWhoseNameIsUnknown() {
        URI nowhere = URI.create("http://mirror.invalid/k3s");
        Problem problem = problem(() -> fetch.fetch(artifact(content), nowhere, Progress.NONE));
        assertThat(problem.why()).isEqualTo("mirror.invalid: the name cannot be resolved");
    }

    @Test
    void namesAMirrorThatStalls() {
        mirror.stalls = true;
        mirror.ranges = false;
        List<Long> seen = new ArrayList<>();
        Problem problem =
                problem(() -> fetch.fetch(artifact(content), uri(), (bytes, total) -> seen.add(bytes * 10 / total)));
        assertThat(problem.why()).contains("sent nothing for 0 s");
        assertThat(seen).contains(5L);
    }

    @Test
    void namesAFileThatIsNotThere() {
        URI wrong = mirror.base().resolve("/k3s-arm64");
        assertThatThrownBy(() -> fetch.fetch(artifact(content), wrong, Progress.NONE))
                .isInstanceOfSatisfying(Failure.class, e -> {
                    assertThat(e.exit()).isEqualTo(Exit.USAGE);
                    assertThat(e.problems().get(0).why()).contains("404");
                    assertThat(e.problems().get(0).fix()).contains("k3s.version");
                });
        assertThat(mirror.asked).hasSize(1);
    }

    @Test
    void refusesAFileWithAnotherChecksumAndNamesBoth() throws Exception {
        Artifact other = artifact(new byte[10]);
        Problem problem = problem(() -> fetch.fetch(other, uri(), Progress.NONE));
        assertThat(problem.why()).contains(sha256(content), other.sha256());
        assertThat(problem.what()).contains("/k3s");
        assertThat(other.cached()).doesNotExist();
        assertThat(other.cached().resolveSibling("k3s.part")).doesNotExist();
    }

    @Test
    void replacesACachedFileThatWasDamaged() throws Exception {
        Path file = fetch.fetch(artifact(content), uri(), Progress.NONE);
        Files.writeString(file, "damaged");
        assertThat(fetch.fetch(artifact(content), uri(), Progress.NONE)).hasBinaryContent(content);
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        Artifact artifact = artifact(content);
        Files.createDirectories(artifact.cached().getParent());
        Files.createSymbolicLink(artifact.cached().resolveSibling("k3s.part"), Path.of("/dev/full"));
        Problem problem = problem(() -> fetch.fetch(artifact, uri(), Progress.NONE));
        assertThat(problem.what()).isEqualTo("the disk of this machine is full");
        assertThat(problem.fix()).contains("XDG_CACHE_HOME");
    }

    @Test
    void saysThatTheCacheCannotBeWritten() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        Artifact artifact = new Cache(inTheWay).artifact("k3s", sha256(content));
        Problem problem = problem(() -> fetch.fetch(artifact, uri(), Progress.NONE));
        assertThat(problem.what()).isEqualTo("cannot write the cache");
        assertThat(problem.fix()).contains("XDG_CACHE_HOME");
    }

    private Artifact artifact(byte[] wanted) {
        return new Cache(folder).artifact("k3s", sha256(wanted));
    }

    private void part(byte[] beginning) throws IOException {
        Path part = artifact(content).cached().resolveSibling("k3s.part");
        Files.createDirectories(part.getParent());
        Files.write(part, beginning);
    }

    private URI uri() {
        return mirror.base().resolve("/k3s");
    }

    private static Problem problem(ThrowingCallable call) {
        Problem[] found = new Problem[1];
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, e -> found[0] = e.problems().get(0));
        return found[0];
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
