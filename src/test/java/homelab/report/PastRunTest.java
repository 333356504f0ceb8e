package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastRunTest {
    private static final String DONE = """
            {"at":"2026-11-21T19:54:21.1Z","event":"done","step":"cluster: labels of ultron","phase":"nodes","ms":5200,\
            "changes":[{"what":"label disk","before":"absent","after":"ssd"}]}
            """;
    private static final String FAILED = """
            {"at":"2026-11-21T19:54:23.1Z","event":"failed","step":"x","what":"jarvis: \\u001b[31mAPI","why":"no answer","fix":""}
            """;
    private static final String END = "{\"event\":\"end\",\"at\":\"2026-11-21T19:54:25.1Z\",\"exit\":1}\n";

    @TempDir
    Path folder;

    @Test
    void listsTheNewestFirst() throws IOException {
        write("2026-11-20T10-00-00-1Z-bootstrap", DONE + END);
        write("2026-11-21T19-54-12-1Z-join-node", DONE + FAILED + END);
        Files.writeString(folder.resolve("notes.txt"), "of somebody");

        assertThat(RunsText.table(PastRun.in(folder), Terminal.PIPE))
                .isEqualTo("2026-11-21T19-54-12-1Z-join-node\tjoin-node\t4\t1\t1\texit 1\n"
                        + "2026-11-20T10-00-00-1Z-bootstrap\tbootstrap\t4\t1\t0\texit 1\n");
    }

    @Test
    void tellsWhatARunDidAndEscapesWhatOthersWrote() throws IOException {
        write("2026-11-21T19-54-12-1Z-bootstrap", DONE + FAILED + END);

        assertThat(RunsText.story(PastRun.in(folder).get(0))).isEqualTo("""
                        19:54:21 done    cluster: labels of ultron: label disk absent -> ssd (5.2 s)
                        19:54:23 failed  jarvis: \\x1b[31mAPI: no answer
                        19:54:25 end     exit 1
                        """);
    }

    @Test
    void aRunThatWasKilledHasNoEndAndMayHaveHalfALine() throws IOException {
        write("2026-11-21T19-54-12-1Z-bootstrap", DONE + "{\"at\":\"2026-11");

        PastRun run = PastRun.in(folder).get(0);
        assertThat(run.lines()).hasSize(1);
        assertThat(RunsText.table(List.of(run), Terminal.PIPE)).endsWith("no end: killed, or at work\n");
    }

    @Test
    void thereIsNothingBeforeTheFirstRun() {
        assertThat(PastRun.in(folder.resolve("none"))).isEmpty();
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(folder.resolve(id + ".jsonl"), text);
    }
}
