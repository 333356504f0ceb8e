package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockInFileTest {
    private static final String BLOCK =
            "# homelab: begin nodes\n10.0.1.10 jarvis\n10.0.1.11 ultron\n# homelab: end nodes\n";
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path root;

    private Path hosts;
    private BlockInFile block;

    @BeforeEach
    void setUp() {
        hosts = root.resolve("my hosts");
        block = new BlockInFile(hosts.toString(), "nodes", List.of("10.0.1.10 jarvis", "10.0.1.11 ultron"), true);
    }

    private void after(String before, String expected) throws IOException {
        Files.writeString(hosts, before);
        assertThat(sh.apply(block)).isEqualTo(new LocalSh.Ran(0, ""));
        assertThat(Files.readString(hosts)).isEqualTo(expected);
        assertThat(sh.status(block)).isEqualTo(Status.SAME);
    }

    @Test
    void isAddedBehindWhatIsThere() throws IOException {
        after("127.0.0.1\tlocalhost\n", "127.0.0.1\tlocalhost\n" + BLOCK);
    }

    @Test
    void endsALastLineThatHasNoEnd() throws IOException {
        after("127.0.0.1 localhost", "127.0.0.1 localhost\n" + BLOCK);
    }

    @Test
    void isReplacedInItsPlaceAndLeavesAllOtherBytes() throws IOException {
        String old = "# homelab: begin nodes\n10.9.9.9 gone\n# homelab: end nodes\n";
        after(
                "a\r\n\t\\n 'x' ü\n\n" + old + "# homelab: begin other\nz\0z",
                "a\r\n\t\\n 'x' ü\n\n" + BLOCK + "# homelab: begin other\nz\0z");
    }

    @Test
    void showsWhichOfItsLinesDiffer() throws IOException {
        Files.writeString(hosts, "x\n" + BLOCK.replace("10.0.1.11", "10.0.1.99"));
        assertThat(sh.status(block))
                .isEqualTo(Status.drift(Worst.CHANGE, hosts.toString(), "10.0.1.99 ultron", "10.0.1.11 ultron"));
    }

    @Test
    void keepsModeOfTheFile() throws IOException {
        Files.writeString(hosts, "x\n");
        sh.run("chmod 664 '" + hosts + "'");
        sh.apply(block);
        assertThat(sh.run("stat -c %a '" + hosts + "'").out()).isEqualTo("664\n");
    }

    @Test
    void touchesNothingWhenItsEndWasCutOff() throws IOException {
        String torn = "x\n# homelab: begin nodes\n10.0.1.10 jarvis\nsomebody else's line\n";
        Files.writeString(hosts, torn);
        LocalSh.Ran ran = sh.apply(block);
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).contains(hosts.toString(), "not one pair");
        assertThat(Files.readString(hosts)).isEqualTo(torn);
        assertThat(sh.status(block)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void touchesNothingWhenItIsThereTwice() throws IOException {
        Files.writeString(hosts, BLOCK + BLOCK);
        assertThat(sh.status(block)).isInstanceOf(Status.Drift.class);
        assertThat(sh.apply(block).exit()).isNotZero();
        assertThat(Files.readString(hosts)).isEqualTo(BLOCK + BLOCK);
    }

    @Test
    void isMadeWithItsFileOrNotForThisHost() throws IOException {
        BlockInFile optional = new BlockInFile(hosts.toString(), "nodes", List.of("a"), false);
        assertThat(sh.status(optional)).isEqualTo(new Status.NotHere("there is no " + hosts));
        if (LocalSh.me().equals("root:root")) {
            sh.apply(block);
            assertThat(Files.readString(hosts)).isEqualTo(BLOCK);
        }
    }
}
