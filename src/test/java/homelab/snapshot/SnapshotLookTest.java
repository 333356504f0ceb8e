package homelab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked by this machine's sh in a scratch folder. */
class SnapshotLookTest {
    private static final NodeName JARVIS = new NodeName("jarvis");

    @TempDir
    private Path folder;

    private Reading<List<Taken>> look() {
        var probe = SnapshotLook.on(JARVIS, folder.toString());
        return new LocalSh().readings(List.of(probe)).of(probe);
    }

    private void file(String name, byte[] content, long second) throws IOException {
        Files.setLastModifiedTime(
                Files.write(folder.resolve(name), content), FileTime.from(Instant.ofEpochSecond(second)));
    }

    @Test
    void theOldestComesFirstAndWhatBrokeOffIsNone() throws IOException {
        file("newer", new byte[20], 2_000);
        file("older of a strange name", new byte[10], 1_000);
        file("empty", new byte[0], 3_000);
        file("half.part", new byte[5], 4_000);
        Files.createDirectory(folder.resolve("folder"));

        assertThat(look())
                .isEqualTo(new Reading.Known<>(
                        List.of(taken("older of a strange name", 10, 1_000), taken("newer", 20, 2_000))));
    }

    private Taken taken(String name, long bytes, long second) {
        return new Taken(name, JARVIS, folder.toString(), bytes, Instant.ofEpochSecond(second), Optional.empty());
    }

    @Test
    void withoutAFolderThereAreNone() throws IOException {
        Files.delete(folder);

        assertThat(look()).isEqualTo(new Reading.Known<>(List.of()));
        Files.createDirectory(folder);
    }

    @Test
    void whatWasWrittenDownBesideOneIsRead() {
        var probe = SnapshotLook.on(JARVIS, "/x");
        String said =
                "file 1000 10 a-jarvis-1\nfile 2000 20 b-jarvis-2\ncluster two-pis\nnode jarvis\nca ab\nversion v1.33.4+k3s1\n"
                        + "token cd\nrevision 522\nkeys 338\n";

        List<Taken> taken = LocalSh.reading(probe, 0, said).known().orElseThrow();

        assertThat(taken.get(0).about()).isEmpty();
        assertThat(taken.get(1).about())
                .contains(new About(
                        "two-pis", "jarvis", "ab", "v1.33.4+k3s1", Optional.of(522L), Optional.of(338L), "cd"));
    }

    @Test
    void anEtcdThatDidNotTellLeavesNoNumbers() {
        About about = About.parse(List.of("cluster two-pis", ""));

        assertThat(about.keys()).isEmpty();
        assertThat(about.revision()).isEmpty();
    }

    @Test
    void oneIsWholeWhenTheSumAtItsEndFits() throws Exception {
        byte[] data = new byte[1024];
        System.arraycopy(new byte[] {(byte) 0xed, (byte) 0xda, 0x0c, (byte) 0xed}, 0, data, 16, 4);
        byte[] whole = Arrays.copyOf(data, 1056);
        System.arraycopy(MessageDigest.getInstance("SHA-256").digest(data), 0, whole, 1024, 32);
        file("whole", whole, 1);
        file("cut", Arrays.copyOf(whole, 1055), 1);
        byte[] changed = whole.clone();
        changed[500] ^= 1;
        file("changed", changed, 1);
        byte[] other = new byte[1056];
        System.arraycopy(MessageDigest.getInstance("SHA-256").digest(new byte[1024]), 0, other, 1024, 32);
        file("no data of bbolt", other, 1);
        file("packed.zip", new byte[] {1}, 1);

        assertThat(integrity("whole")).isEqualTo(Integrity.WHOLE);
        assertThat(integrity("cut")).isEqualTo(Integrity.BROKEN);
        assertThat(integrity("changed")).isEqualTo(Integrity.BROKEN);
        assertThat(integrity("no data of bbolt")).isEqualTo(Integrity.BROKEN);
        assertThat(integrity("packed.zip")).isEqualTo(Integrity.UNSEEN);
    }

    private Integrity integrity(String name) {
        var probe = Integrity.of(taken(name, 1, 1));
        return new LocalSh().readings(List.of(probe)).of(probe).known().orElseThrow();
    }
}
