package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words is said before any host is reached: the only one here answers nobody. */
class TokenCommandTest {
    @TempDir
    Path folder;

    private Run run(String typed) throws IOException {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 127.0.0.0/8}
                k3s: {version: v1.33.4+k3s1}
                nodes:
                  jarvis: {address: 127.0.0.1, port: 1, role: server}
                """);
        return Run.of((typed + " -i " + inventory).split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "token, Missing required parameter",
        "token hide, expected one of [show",
        "token show --yes, show changes nothing",
        "token rotate --reveal, rotate shows no token"
    })
    void wrongWordsAreToldWithoutAHost(String typed, String said) throws IOException {
        Run run = run(typed);

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.USAGE);
        assertThat(run.err().replaceAll("\\s+", " ")).contains(said).doesNotContain("127.0.0.1");
    }

    @Test
    void itIsNotShownWhereAFileOrAPipeWouldKeepIt() throws IOException {
        Run run = run("token show");

        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("homelab token show --reveal").doesNotContain("127.0.0.1");
    }

    @Test
    void rightWordsGoToTheHost() throws IOException {
        assertThat(run("token show --reveal").exit()).isEqualTo(Exit.BLIND);
    }

    @Test
    void aServerThatCannotGetTheNewTokenIsNamed() throws IOException {
        Run run = run("token rotate --dry-run");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("jarvis: cannot get the new token, since it does not answer");
    }
}
