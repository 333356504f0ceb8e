package homelab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.probe.Reading.Known;
import homelab.probe.Reading.Unknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeScriptTest {
    private static final String NONCE = "n0nce5f2a";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash --posix", "busybox sh"})
    void readsEveryProbeOfAMixedSet(String shell) throws Exception {
        Probe<String> name = Probe.text("name", "echo jarvis");
        Probe<Boolean> fails = Probe.yes("fails", "echo noise >&2; exit 3");
        Probe<Integer> exit = Probe.of("exit", "exit 42", Answer::exit);
        Probe<String> quotes = Probe.text("quotes", "printf '%s' 'it'\\''s \"$HOME\" ${cap}' # '");
        Probe<String> heredoc = Probe.text("heredoc", "cat <<'X'\none\ntwo\nX\n");
        Probe<String> arguments = Probe.text("arguments", "echo \"[$*]\"");
        Probe<String> stdin = Probe.text("stdin", "cat; echo end");

        Readings readings = run(shell, name, fails, exit, quotes, heredoc, arguments, stdin);

        assertThat(readings.of(name)).isEqualTo(new Known<>("jarvis"));
        assertThat(readings.of(fails)).isEqualTo(new Known<>(false));
        assertThat(readings.of(exit)).isEqualTo(new Known<>(42));
        assertThat(readings.of(quotes)).isEqualTo(new Known<>("it's \"$HOME\" ${cap}"));
        assertThat(readings.of(heredoc)).isEqualTo(new Known<>("one\ntwo"));
        assertThat(readings.of(arguments)).isEqualTo(new Known<>("[]"));
        assertThat(readings.of(stdin)).isEqualTo(new Known<>("end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void keepsBytesAsTheyAre(String shell) throws Exception {
        byte[] every = new byte[1024];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        Path file = Files.write(folder.resolve("bytes"), every);
        Probe<byte[]> bytes = Probe.of("bytes", "cat " + file, Answer::out);
        Probe<String> empty = Probe.text("empty", ":");
        Probe<String> after = Probe.text("after", "printf 'no line end'");

        Readings readings = run(shell, bytes, empty, after);

        assertThat(readings.of(bytes).known()).contains(every);
        assertThat(readings.of(empty)).isEqualTo(new Known<>(""));
        assertThat(readings.of(after)).isEqualTo(new Known<>("no line end"));
    }

    @Test
    void isNotConfusedByItsOwnMarksInAnAnswer() throws Exception {
        String marks = NONCE + " begin\np 0 9\n" + NONCE + " sizes\n 4 0\n" + NONCE + " data\n";
        Path file = Files.writeString(folder.resolve("marks"), marks);
        Probe<String> liar = Probe.of("liar", "cat " + file, Answer::text);
        Probe<String> next = Probe.text("next", "echo next");

        Readings readings = run("sh", liar, next);

        assertThat(readings.of(liar)).isEqualTo(new Known<>(marks));
        assertThat(readings.of(next)).isEqualTo(new Known<>("next"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void aHungProbeIsUnknownForItselfAlone(String shell) throws Exception {
        Probe<String> hung = new Probe<>("hung", "echo early; trap '' TERM; sleep 60; :", seconds(1), Answer::text);
        Probe<String> alike = new Probe<>("alike", "echo fine", seconds(1), Answer::text);
        Probe<String> other = Probe.text("other", "echo fine too");
        long start = System.nanoTime();

        Readings readings = run(shell, hung, alike, other);

        assertThat(readings.of(hung)).isEqualTo(new Unknown<>("timed out after 1 s"));
        assertThat(readings.of(alike)).isEqualTo(new Known<>("fine\n"));
        assertThat(readings.of(other)).isEqualTo(new Known<>("fine too"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(seconds(5));
    }

    @Test
    void aSlowProbeHoldsUpNoOther() throws Exception {
        List<Probe<?>> slow = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> slow.add(Probe.text("slow" + i, "sleep 1; echo " + i)));
        long start = System.nanoTime();

        Readings readings = run("sh", slow.toArray(Probe<?>[]::new));

        assertThat(readings.byId().values()).allMatch(Known.class::isInstance);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(seconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void cutsAHugeAnswerAndSaysSo(String shell) throws Exception {
        Probe<Answer> huge = Probe.of("huge", "head -c 300000 /dev/zero", answer -> answer);
        Probe<Answer> endless = Probe.of("endless", "yes", answer -> answer);
        Probe<Answer> exact = Probe.of("exact", "head -c " + ProbeScript.CAP + " /dev/zero", answer -> answer);

        Readings readings = run(shell, huge, endless, exact);

        assertThat(readings.of(huge).known().orElseThrow().out()).hasSize(ProbeScript.CAP);
        assertThat(readings.of(huge).known().orElseThrow().cut()).isTrue();
        assertThat(readings.of(endless).known().orElseThrow().cut()).isTrue();
        assertThat(readings.of(exact).known().orElseThrow().cut()).isFalse();
        assertThat(readings.of(exact).known().orElseThrow().out()).hasSize(ProbeScript.CAP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void onlyAProbeThatLiftsTheLimitMayWriteABigFile(String shell) throws Exception {
        String write = "f=" + folder + "/big$$; head -c 20000000 /dev/zero >$f; wc -c <$f; rm $f";
        Probe<String> bounded = Probe.text("bounded", write);
        Probe<String> lifted = Probe.text("lifted", Probe.LIFTED + write.replace("big", "lifted"));

        Readings readings = run(shell, bounded, lifted);

        assertThat(readings.of(bounded)).isEqualTo(new Known<>("16777216"));
        assertThat(readings.of(lifted)).isEqualTo(new Known<>("20000000"));
    }

    @Test
    void aSyntaxErrorSpoilsItsOwnProbeOnly() throws Exception {
        Probe<Boolean> broken = Probe.yes("broken", "if then ( '");
        Probe<String> other = Probe.text("other", "echo fine");

        Readings readings = run("dash", broken, other);

        assertThat(readings.of(broken)).isEqualTo(new Known<>(false));
        assertThat(readings.of(other)).isEqualTo(new Known<>("fine"));
    }

    @Test
    void whatACutOutputDoesNotHoldIsLost() throws Exception {
        Probe<String> first = Probe.text("first", "echo first");
        Probe<String> second = Probe.text("second", "echo second");
        ProbeScript script = ProbeScript.join(List.of(first, second), NONCE);
        byte[] whole = output("sh", script.text());
        byte[] cut = Arrays.copyOf(whole, whole.length - 2);

        Readings readings = script.read(cut, Optional.empty());

        assertThat(readings.of(first)).isEqualTo(new Known<>("first"));
        assertThat(readings.of(second)).isEqualTo(new Unknown<>("connection lost"));
        assertThat(script.read(cut, Optional.of("jarvis went away")).of(second))
                .isEqualTo(new Unknown<>("jarvis went away"));
    }

    @Test
    void noPrefixOfTheOutputMakesAWrongReading() throws Exception {
        Probe<String> first = Probe.text("first", "echo first");
        Probe<String> hung = new Probe<>("hung", "sleep 9", seconds(1), Answer::text);
        Probe<String> last = Probe.text("last", "echo last");
        ProbeScript script = ProbeScript.join(List.of(first, hung, last), NONCE);
        byte[] whole = output("sh", script.text());

        for (int length = 0; length < whole.length; length++) {
            Readings readings = script.read(Arrays.copyOf(whole, length), Optional.empty());
            assertThat(readings.of(first).known().orElse("first")).isEqualTo("first");
            assertThat(readings.of(hung).known()).isEmpty();
            assertThat(readings.of(last).known()).isEmpty();
        }
    }

    @Test
    void garbledFramesAreLostAndThrowNothing() {
        Probe<String> probe = Probe.text("one", "echo");
        byte[] garbled = (NONCE + " begin\ng\np x y\n" + NONCE + " sizes\n? ?\n").getBytes(StandardCharsets.UTF_8);

        assertThat(ProbeScript.join(List.of(probe), NONCE)
                        .read(garbled, Optional.empty())
                        .of(probe))
                .isEqualTo(new Unknown<>("connection lost"));
    }

    @Test
    void aLoginShellsNoiseBeforeTheFirstMarkIsPassedOver() throws Exception {
        Probe<String> probe = Probe.text("one", "echo fine");

        Readings readings = read("sh", "printf 'Welcome to ultron!'\n", probe);

        assertThat(readings.of(probe)).isEqualTo(new Known<>("fine"));
    }

    @Test
    void aParserThatThrowsMakesUnknownWithItsMessage() throws Exception {
        Probe<Integer> number = Probe.of(
                "number", "echo many", answer -> Integer.valueOf(answer.text().strip()));

        assertThat(run("sh", number).of(number)).isEqualTo(new Unknown<>("For input string: \"many\""));
    }

    @Test
    void asksOnceWhatIsGivenTwice() {
        Probe<String> once = Probe.text("uname", "uname -r");
        Probe<String> again = Probe.text("uname", "uname -r");

        assertThat(ProbeScript.join(List.of(once, again), NONCE).text().split("uname -r", -1))
                .hasSize(2);
    }

    @Test
    void refusesOneNameForTwoScripts() {
        Probe<String> one = Probe.text("uname", "uname -r");
        Probe<String> other = Probe.text("uname", "uname -m");

        assertThatThrownBy(() -> ProbeScript.join(List.of(one, other), NONCE)).hasMessageContaining("'uname'");
    }

    @Test
    void leavesNothingBehindEvenWhenKilled() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Probe<String> hung = Probe.text("hung", "sleep 7.31");
        // The folders that are tried first are out of reach here, so that the test sees its own alone.
        String text = ProbeScript.join(List.of(hung), NONCE).text().replace("/run /dev/shm", "");
        Process process = start("sh", text, temporary);
        // The answer's file comes second: by then the script minds signals.
        waitUntil(() -> temporary.toFile().list().length > 1);

        process.destroy();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();

        assertThat(temporary).isEmptyDirectory();
        // A process that was killed may be seen for a moment yet; of its own it would go on for seven seconds.
        waitUntil(() -> ProcessHandle.allProcesses()
                .map(handle -> handle.info().commandLine().orElse(""))
                .noneMatch(line -> line.equals("/usr/bin/sleep 7.31") || line.equals("sleep 7.31")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
    void leavesNothingBehindWhenNobodyReadsItsAnswer(String shell) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Probe<String> late = Probe.text("late", "sleep 0.2; head -c 200000 /dev/zero");
        String text = ProbeScript.join(List.of(late), NONCE).text().replace("/run /dev/shm", "");
        Process process = start(shell, text, temporary);
        waitUntil(() -> temporary.toFile().list().length > 1);

        process.getInputStream().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysWhyWhenThereIsNoRoomForAnswers() throws Exception {
        Probe<String> probe = Probe.text("one", "echo fine");
        ProbeScript script = ProbeScript.join(List.of(probe), NONCE);
        String text = script.text().replace("/run /dev/shm", "");
        Process process = start("sh", text, folder.resolve("absent"));

        Readings readings = script.read(process.getInputStream().readAllBytes(), Optional.empty());

        assertThat(readings.of(probe)).isEqualTo(new Unknown<>("there is no folder for temporary files"));
    }

    @Test
    void fortyProbesTakeATenthOfASecondOrSo() throws Exception {
        List<Probe<?>> probes = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> probes.add(Probe.text("p" + i, "read -r x </proc/uptime; echo $x")));
        run("dash", probes.toArray(Probe<?>[]::new));
        long start = System.nanoTime();

        Readings readings = run("dash", probes.toArray(Probe<?>[]::new));

        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(readings.byId().values()).allMatch(Known.class::isInstance);
        assertThat(millis).as("generous, because the machine is shared").isLessThan(1000);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private Readings run(String shell, Probe<?>... probes) throws Exception {
        return read(shell, "", probes);
    }

    private Readings read(String shell, String before, Probe<?>... probes) throws Exception {
        ProbeScript script = ProbeScript.join(List.of(probes), NONCE);
        return script.read(output(shell, before + script.text()), Optional.empty());
    }

    private byte[] output(String shell, String text) throws Exception {
        Process process = start(shell, text, folder);
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    private Process start(String shell, String text, Path temporary) throws IOException {
        String program = shell.split(" ")[0];
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                program + " is not installed here");
        Path file = Files.writeString(Files.createTempFile("probe", ".sh"), text);
        ProcessBuilder builder = new ProcessBuilder((shell + " " + file).split(" "));
        builder.environment().put("TMPDIR", temporary.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void waitUntil(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
