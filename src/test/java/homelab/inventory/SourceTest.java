package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    private static final String GOOD = Written.HEAD + Written.NODES;

    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("inventory.yaml"), bytes);
    }

    private String refusal(byte[] bytes) throws IOException {
        return refusal(file(bytes));
    }

    private static String refusal(Path file) {
        Failure failure = Assertions.catchThrowableOfType(Failure.class, () -> InventoryReader.read(file));
        assertThat(failure).isNotNull();
        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        return Written.told(failure.problems());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsAByteOrderMarkAndWindowsLineEndings() throws IOException {
        Path file = file(utf8("\ufeff" + GOOD.replace("\n", "\r\n")));
        assertThat(InventoryReader.read(file)).isEqualTo(Written.read(GOOD));
    }

    @Test
    void countsAndShowsNoByteOrderMark() {
        assertThat(Written.told(Written.problems("\ufeffzebra: 1\n" + GOOD)))
                .startsWith("test.yaml:1:1: unknown key zebra\n  | zebra: 1\n");
    }

    @Test
    void countsWindowsLinesOnce() {
        String crlf = (Written.HEAD + "zebra: 1\n" + Written.NODES).replace("\n", "\r\n");
        assertThat(Written.told(Written.problems(crlf))).startsWith("test.yaml:6:1: unknown key zebra\n  | zebra: 1\n");
    }

    @Test
    void refusesTenMegabytesWithoutParsingThem() throws IOException {
        byte[] large = new byte[10 << 20];
        Arrays.fill(large, (byte) '#');
        assertThat(refusal(large)).contains("is not an inventory", "larger than 1 MiB");
    }

    @Test
    void refusesABinaryFile() throws IOException {
        assertThat(refusal(new byte[] {'a', '\n', 0x7f, 'E', 'L', 'F', 0}))
                .contains("line 2 has the control character 0x7f");
    }

    @Test
    void refusesAnotherEncodingAndNamesTheLine() throws IOException {
        assertThat(refusal("cluster: home\nwhy: Küche\n".getBytes(StandardCharsets.ISO_8859_1)))
                .contains("not UTF-8 text: line 2");
        assertThat(refusal(GOOD.getBytes(StandardCharsets.UTF_16))).contains("not UTF-8 text: line 1");
    }

    @Test
    void refusesAFolderAndWhatIsNotThere() {
        assertThat(refusal(folder)).contains("it is a folder");
        assertThat(refusal(folder.resolve("none.yaml"))).contains("there is no inventory", "fix name yours with -i");
    }

    @Test
    void showsNoLineWithItsSecret() {
        Source source = Source.of("x", "password: swordfish\n{a: b, token: swordfish}\nu: http://me:swordfish@host\n");
        assertThat(source.place(0, 0).excerpt()).contains("password: ***");
        assertThat(source.place(1, 0).excerpt()).contains("{a: b, token: ***");
        assertThat(source.place(2, 0).excerpt()).contains("u: http://***@host");
    }

    @Test
    void showsOtherLinesAsTheyAre() {
        Source source = Source.of("x", "secrets-encryption: on");
        assertThat(source.place(0, 0).excerpt()).contains("secrets-encryption: on");
    }
}
