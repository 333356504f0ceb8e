package homelab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox"})
    void noPartOfAScriptIsEverRun(String shell) throws Exception {
        Path trace = folder.resolve("trace");
        String text = "echo ran >>" + trace + "\nif true; then\necho ran >>" + trace + "\nfi\nexit 3 # end";
        Envelope envelope = Envelope.whole(Script.user("test", text, Duration.ofSeconds(5)), false);
        byte[] all = envelope.input();
        // A brace that closes the whole makes it whole: what is missing then is only the empty standard input.
        int whole = new String(all).lastIndexOf('}');

        for (int length = 0; length <= whole; length += 3) {
            feed(shell, Arrays.copyOf(all, length));
            assertThat(trace).doesNotExist();
        }
        assertThat(feed(shell, all)).isEqualTo(3);
        assertThat(trace).content().isEqualTo("ran\nran\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox"})
    void aStreamingScriptIsRunWholeOrNotAtAllAndReadsWhatFollows(String shell) throws Exception {
        Path trace = folder.resolve("trace");
        String text = "echo 'ä ran' >>" + trace + "\ncat >>" + trace + "\n\n";
        Envelope envelope = Envelope.streaming(Script.user("test", text, Duration.ofSeconds(5)), false);
        List<String> words = envelope.arguments();
        String take = words.get(words.size() - 1);

        assertThat(feed(shell, Arrays.copyOf(envelope.input(), envelope.input().length - 2), "-c", take))
                .isEqualTo(75);
        assertThat(trace).doesNotExist();
        byte[] more = Arrays.copyOf(envelope.input(), envelope.input().length + 3);
        System.arraycopy("abc".getBytes(), 0, more, envelope.input().length, 3);
        assertThat(feed(shell, more, "-c", take)).isZero();
        assertThat(trace).content().isEqualTo("ä ran\nabc");
    }

    @Test
    void saysNothingOfTheScriptInArgumentsAndWords() {
        Script script = Script.root("test", "echo secret", Duration.ofSeconds(30));

        assertThat(Envelope.whole(script, true).commandLine())
                .isEqualTo("exec env LC_ALL=C sudo -n timeout -k 5 30 sh -s");
        assertThat(Envelope.streaming(script, true).commandLine()).doesNotContain("secret");
        assertThat(Envelope.whole(script, true).toString()).doesNotContain("secret");
    }

    @Test
    void quotesForAnyShell() {
        assertThat(Envelope.quoted("/usr/local/bin/k3s")).isEqualTo("/usr/local/bin/k3s");
        assertThat(Envelope.quoted("it's $x")).isEqualTo("'it'\\''s $x'");
        assertThat(Envelope.quoted("")).isEqualTo("''");
    }

    private int feed(String shell, byte[] input, String... arguments) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/bin", shell)) || Files.isExecutable(Path.of("/usr/bin", shell)),
                shell + " is not installed here");
        List<String> command =
                new java.util.ArrayList<>(shell.equals("busybox") ? List.of(shell, "sh") : List.of(shell));
        command.addAll(arguments.length == 0 ? List.of("-s") : List.of(arguments));
        Path file = Files.write(folder.resolve("input"), input);
        // A pipe, as from sshd: from a file a shell could seek back.
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            Files.copy(file, in);
        } catch (java.io.IOException ended) {
            // It has read enough.
        }
        return process.waitFor();
    }
}
