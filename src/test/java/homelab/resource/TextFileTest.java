package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path root;

    @Test
    void isMadeWithItsFoldersAndIsThenSame() {
        TextFile file = LocalSh.mine(root.resolve("etc/it's here/conf.d/a b.conf"), "one\ntwo\n");
        assertThat(sh.status(file))
                .isEqualTo(Status.drift(Worst.CREATE, file.path(), "absent", "file, 0640 " + LocalSh.me()));
        assertThat(sh.apply(file).exit()).isZero();
        assertThat(sh.status(file)).isEqualTo(Status.SAME);
    }

    @Test
    void keepsEveryByteOfAnAwkwardText() throws IOException {
        String awkward = "no newline at the end, $HOME `id` \\n 'quotes' \"more\"\r\nHOMELAB\n\tü € 😀 %s";
        Path path = root.resolve("file");
        sh.apply(LocalSh.mine(path, awkward));
        assertThat(Files.readString(path)).isEqualTo(awkward);
        sh.apply(LocalSh.mine(path, ""));
        assertThat(Files.readString(path)).isEmpty();
        assertThat(sh.status(LocalSh.mine(path, ""))).isEqualTo(Status.SAME);
    }

    @Test
    void showsOnlyTheLinesThatDiffer() throws IOException {
        Path path = Files.writeString(root.resolve("file"), "a\nb\nc\n");
        sh.run("chmod 640 " + path);
        assertThat(sh.status(LocalSh.mine(path, "a\nB\nc\n")))
                .isEqualTo(Status.drift(Worst.RESTART, path.toString(), "b", "B"));
    }

    @Test
    void showsAnotherModeAndMendsIt() throws IOException {
        TextFile file = LocalSh.mine(root.resolve("file"), "a\n");
        sh.apply(file);
        Files.setPosixFilePermissions(root.resolve("file"), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(sh.status(file)).isEqualTo(Status.drift(Worst.RESTART, file.path() + " mode", "666", "640"));
        sh.apply(file);
        assertThat(sh.status(file)).isEqualTo(Status.SAME);
    }

    @Test
    void showsAnotherOwner() {
        TextFile file = LocalSh.mine(root.resolve("file"), "a\n");
        sh.apply(file);
        TextFile other = new TextFile(file.path(), file.content(), "0640", "nobody:nogroup", Worst.CHANGE);
        assertThat(sh.status(other))
                .isEqualTo(Status.drift(Worst.CHANGE, file.path() + " owner", LocalSh.me(), "nobody:nogroup"));
    }

    @Test
    void followsALinkAndLeavesItALink() throws IOException {
        Path real = Files.writeString(root.resolve("real"), "old\n");
        Path link = Files.createSymbolicLink(root.resolve("link"), real);
        sh.apply(LocalSh.mine(link, "new\n"));
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void leavesTheOldFileAndNoRestWhenTheNewOneCannotBeMade() throws IOException {
        TextFile file = LocalSh.mine(root.resolve("file"), "old\n");
        sh.apply(file);
        TextFile impossible = new TextFile(file.path(), Content.of("new\n"), "0640", "no-such-user", Worst.CHANGE);
        LocalSh.Ran ran = sh.apply(impossible);
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).contains("no-such-user");
        assertThat(root.resolve("file")).hasContent("old");
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).containsExactly(root.resolve("file"));
        }
    }

    @Test
    void aFolderInThePlaceIsNotTakenForAnything() throws IOException {
        TextFile file = LocalSh.mine(Files.createDirectory(root.resolve("folder")), "a\n");
        assertThat(sh.status(file)).isEqualTo(new Status.Unknown(file.path() + " is a directory, not a file"));
    }

    @Test
    void aBigFileIsComparedByItsSumAlone() {
        TextFile big = LocalSh.mine(root.resolve("big"), "x".repeat(70_000));
        sh.apply(big);
        assertThat(sh.status(big)).isEqualTo(Status.SAME);
        assertThat(sh.status(LocalSh.mine(root.resolve("big"), "y")))
                .isEqualTo(Status.drift(Worst.RESTART, big.path(), "other content", "new content"));
    }

    @Test
    void aSecretIsNeitherReadNorShown() throws IOException {
        Path path = Files.writeString(root.resolve("token"), "old-secret");
        TextFile file =
                new TextFile(path.toString(), Content.of(new Secret("new-secret")), "0600", LocalSh.me(), Worst.CHANGE);
        assertThat(sh.readings(file.probes()).toString()).doesNotContain("old-secret");
        assertThat(sh.status(file).toString())
                .contains("other content")
                .doesNotContain("secret", file.content().sha256());
        assertThat(file.toString() + file.deed()).doesNotContain("new-secret");
        assertThat(sh.apply(file).out()).isEmpty();
        assertThat(Files.readString(path)).isEqualTo("new-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }
}
