package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.run.Event;
import homelab.run.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatHappenedOneJsonDocumentALine() throws IOException {
        Path home = folder.resolve("home");

        try (Journal journal = Journal.open(home, "bootstrap", Time.system())) {
            journal.tell(new Event.Note("one"));
            journal.end(Exit.DONE);
            assertThat(Files.readAllLines(journal.file())).hasSize(2).allMatch(line -> line.startsWith("{\""));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void saysInWordsWhyItCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Journal.open(file.resolve("home"), "bootstrap", Time.system()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems().get(0).why())
                                .matches(".*/home/.*-bootstrap.jsonl: Not a directory"));
    }
}
