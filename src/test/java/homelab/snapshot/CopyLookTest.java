package homelab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked by this machine's sh in a scratch folder. */
class CopyLookTest {
    private static final Instant TAKEN = Instant.parse("2026-11-19T08:14:00Z");
    private static final CopyNote NOTE = new CopyNote(TAKEN, 5, "ab".repeat(32), List.of("age1x", "age1y"));

    @TempDir
    private Path folder;

    private List<Copy> look() {
        var probe = CopyLook.in(new Place.OnNode(new NodeName("ultron"), folder.toString()));
        return new LocalSh().readings(List.of(probe)).of(probe).known().orElseThrow();
    }

    private void file(String name, String text) throws IOException {
        Files.setLastModifiedTime(
                Files.writeString(folder.resolve(name), text), FileTime.from(Instant.ofEpochSecond(1_000)));
    }

    @Test
    void copiesAreFoundWithWhatWasWrittenDownBesideThem() throws IOException {
        file("a-jarvis-1.age", "12345");
        file("a-jarvis-1.age.sha256", NOTE.file("a-jarvis-1.age"));
        file("b-jarvis-2.age", "123");
        file("b-jarvis-2.age.sha256", NOTE.file("b-jarvis-2.age"));
        file("c.age", "1");
        file("d.age.part.77", "1");

        List<Copy> copies = look();

        assertThat(copies).extracting(Copy::name).containsExactly("a-jarvis-1", "b-jarvis-2", "c");
        assertThat(copies).extracting(Copy::isCut).containsExactly(false, true, false);
        assertThat(copies.get(0).note()).contains(NOTE);
        assertThat(copies.get(0).at()).isEqualTo(TAKEN);
        assertThat(copies.get(0).path()).isEqualTo("ultron:" + folder + "/a-jarvis-1.age");
        assertThat(copies.get(2).note()).isEmpty();
        assertThat(copies.get(2).at()).isEqualTo(Instant.ofEpochSecond(1_000));
    }

    @Test
    void withoutAFolderThereAreNone() throws IOException {
        Files.delete(folder);

        assertThat(look()).isEmpty();
        Files.createDirectory(folder);
    }

    @Test
    void aNoteIsReadBackAndBySha256sumToo() throws Exception {
        assertThat(CopyNote.parse(NOTE.file("x.age"))).contains(NOTE);
        assertThat(CopyNote.parse("")).isEqualTo(Optional.empty());
        assertThat(CopyNote.parse(NOTE.file("x.age").replace(TAKEN.toString(), "once")))
                .isEmpty();
        file("x.age", "12345");
        file("x.age.sha256", new CopyNote(TAKEN, 5, LENGTH_5, List.of("age1x")).file("x.age"));

        Process sum = new ProcessBuilder("sha256sum", "-c", "x.age.sha256")
                .directory(folder.toFile())
                .start();

        assertThat(new String(sum.getInputStream().readAllBytes())).isEqualTo("x.age: OK\n");
    }

    /** Of "12345". */
    private static final String LENGTH_5 = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5";
}
