package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
    @TempDir
    Path folder;

    private String file() {
        return folder.resolve("mine.yaml").toString();
    }

    private Map<String, String> home() {
        return Map.of("HOME", folder.toString());
    }

    @Test
    void asksForWhatNoOptionSaysAndTakesWhatStandsInBrackets() {
        Run run = Run.answered("\n\n\n\n", home(), "init", "-i", file());

        assertThat(run.err())
                .contains("A server of the k3s cluster that you have")
                .contains("[known_hosts]: ")
                .contains("Their login [pi]: ")
                .contains("The cluster's name [home]: ");
        assertThat(run.exit()).isNotEqualTo(Exit.DONE);
        assertThat(folder.resolve("mine.yaml")).doesNotExist();
    }

    @Test
    void asksForNoHostsWhereAClusterIs() {
        Run run = Run.answered("127.0.0.1:1\nattic!\n", home(), "init", "-i", file());

        assertThat(run.err()).doesNotContain("Hosts:").contains("no cluster can have this name");
    }

    @Test
    void needsAnOptionWhereNobodyIsThereToAnswer() {
        Run run = Run.of("init", "-i", file());

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("either --from or --hosts is needed");
    }

    @Test
    void leavesAFileThatIsThereAsItIsAndAsksNothing() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "mine");

        Run run = Run.answered("\n\n\n\n", home(), "init", "-i", file());

        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("is there already").doesNotContain("Hosts:");
        assertThat(folder.resolve("mine.yaml")).hasContent("mine");
    }
}
