package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
    @TempDir
    Path folder;

    private Path file(String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Secret read(SecretSource source) {
        return SecretReader.read(source, Map.of("TOKEN", "swordfish", "EMPTY", ""), Duration.ofSeconds(30));
    }

    private static Secret run(String... argv) {
        return read(new SecretSource.FromCommand(List.of(argv)));
    }

    private static String refusal(SecretSource source) {
        return refusal(source, Duration.ofSeconds(30));
    }

    private static String refusal(SecretSource source, Duration patience) {
        Failure failure = Assertions.catchThrowableOfType(
                Failure.class, () -> SecretReader.read(source, Map.of("EMPTY", ""), patience));
        assertThat(failure).isNotNull();
        return Written.told(failure.problems());
    }

    private static String refusedCommand(String script) {
        return refusal(new SecretSource.FromCommand(List.of("sh", "-c", script)));
    }

    @Test
    void readsAFileWithoutItsLastNewline() throws IOException {
        assertThat(read(new SecretSource.FromFile(file("swordfish \n", "rw-------")))
                        .reveal())
                .isEqualTo("swordfish ");
        assertThat(read(new SecretSource.FromFile(file("swordfish\r\n", "r--------")))
                        .reveal())
                .isEqualTo("swordfish");
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        for (String mode : List.of("rw-r-----", "rw----r--")) {
            Path file = file("swordfish", mode);
            assertThat(refusal(new SecretSource.FromFile(file)))
                    .contains("other users of this machine can read it", "chmod 600 " + file)
                    .doesNotContain("swordfish");
        }
    }

    @Test
    void refusesAFileThatIsMissingOrEmptyOrNoText() throws IOException {
        assertThat(refusal(new SecretSource.FromFile(folder.resolve("none")))).contains("there is no such file");
        assertThat(refusal(new SecretSource.FromFile(folder))).contains("there is no such file");
        assertThat(refusal(new SecretSource.FromFile(file(" \n", "rw-------")))).contains("it holds nothing");
        Path latin = Files.write(file("", "rw-------"), "Küche".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(new SecretSource.FromFile(latin))).contains("not UTF-8");
    }

    @Test
    void refusesMoreThanOneLineWithoutShowingAny() throws IOException {
        Path file = file("swordfish\nsecond\n", "rw-------");
        assertThat(refusal(new SecretSource.FromFile(file)))
                .contains("more than one line")
                .doesNotContain("swordfish");
    }

    @Test
    void refusesAFileThatIsTooLargeForASecret() throws IOException {
        byte[] large = new byte[1 << 17];
        Arrays.fill(large, (byte) 'x');
        Path file = Files.write(file("", "rw-------"), large);
        assertThat(refusal(new SecretSource.FromFile(file))).contains("larger than 64 KiB");
    }

    @Test
    void readsAVariable() {
        assertThat(read(new SecretSource.FromEnv("TOKEN")).reveal()).isEqualTo("swordfish");
    }

    @Test
    void refusesAVariableThatIsMissingOrEmpty() {
        assertThat(refusal(new SecretSource.FromEnv("NONE"))).contains("the variable NONE", "it is not set");
        assertThat(refusal(new SecretSource.FromEnv("EMPTY"))).contains("it holds nothing");
    }

    @Test
    void readsWhatACommandPrints() {
        assertThat(run("printf", "swordfish\\n").reveal()).isEqualTo("swordfish");
    }

    @Test
    void runsCommandsWithoutAShell() {
        assertThat(run("echo", "$HOME; `id`").reveal()).isEqualTo("$HOME; `id`");
    }

    @Test
    void refusesACommandThatFailsOrPrintsNothingOrIsNotThere() {
        assertThat(refusedCommand("echo swordfish; exit 3"))
                .contains("ended with 3")
                .doesNotContain("swordfish");
        assertThat(refusedCommand("true")).contains("it holds nothing");
        assertThat(refusal(new SecretSource.FromCommand(List.of("no-such-program", "swordfish"))))
                .contains("the command no-such-program", "cannot be started")
                .doesNotContain("swordfish");
    }

    @Test
    void stopsACommandThatHangsAndItsChildren() throws IOException, InterruptedException {
        Path pid = folder.resolve("pid");
        SecretSource hangs =
                new SecretSource.FromCommand(List.of("sh", "-c", "sh -c 'echo $$ >" + pid + "; exec sleep 600'; true"));
        assertThat(refusal(hangs, Duration.ofSeconds(2))).contains("did not end within 2 s");
        assertThat(ends(Long.parseLong(Files.readString(pid).trim())))
                .as("the child is gone")
                .isTrue();
    }

    private static boolean ends(long pid) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    @Test
    void keepsTheSecretOutOfItsTextForm() {
        assertThat(read(new SecretSource.FromEnv("TOKEN"))).hasToString("***");
        assertThatThrownBy(() -> run("false"))
                .isInstanceOf(Failure.class)
                .hasMessage("no secret from the command false");
    }
}
