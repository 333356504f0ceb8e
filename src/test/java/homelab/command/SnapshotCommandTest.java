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
class SnapshotCommandTest {
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
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "snapshot save Before, 'Before' is no name for a snapshot",
                "snapshot save -before, Unknown option",
                "snapshot save a_b, 'a_b' is no name for a snapshot",
                "snapshot restore, which snapshot is meant is not said",
                "snapshot delete, which snapshot is meant is not said",
                "snapshot pull --recipient age1nothing, 'age1nothing' is no key of age",
                "snapshot push, which snapshot is meant is not said",
                "snapshot push /absent.age, there is no such file that can be read",
                "snapshot push pom.xml, its name does not end with .age",
                "snapshot save --node ultron, the inventory has no server 'ultron'",
                "snapshot drill --node nobody, the inventory has no node 'nobody'",
                "snapshot drill --every hourly, Invalid value for option '--every'",
                "snapshot drill x --every weekly, a timer drills the newest snapshot of its time",
                "snapshot drill --dry-run, a drill changes nothing that stays",
                "snapshot save --every weekly, --every is for drill",
                "snapshot restore x --cluster office, the inventory is not of a cluster 'office'",
                "snapshot pull --to nobody:/srv/x, the inventory has no node nobody",
                "snapshot pull --to jarvis:srv, 'srv' is no absolute path",
                "snapshot drill --from jarvis:/var/lib/rancher/x, what lies there goes with k3s",
                "snapshot save --from jarvis, a snapshot is taken on a server",
                "snapshot list --to jarvis, --to is for pull",
                "snapshot list --recipient age1nothing, is no key of age",
                "snapshot delete --from jarvis, which snapshot is meant is not said",
                "bootstrap --restore /absent.age, there is no such file that can be read",
                "bootstrap --restore pom.xml --adopt, --restore is for a whole bootstrap",
                "bootstrap --restore pom.xml --only host, --restore is for a whole bootstrap"
            })
    void wrongWordsAreToldWithoutAHost(String typed, String said) throws IOException {
        Run run = run(typed);

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.USAGE);
        assertThat(run.err().replaceAll("\\s+", " ")).contains(said).doesNotContain("127.0.0.1");
    }

    @Test
    void rightWordsGoToTheHost() throws IOException {
        Run run = run("snapshot save before-upgrade");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.BLIND);
        assertThat(run.err()).contains("jarvis");
    }

    @Test
    void thatThereIsNoneIsNotSaidOfAServerThatDoesNotAnswer() throws IOException {
        Run run = run("snapshot list");

        assertThat(run.exit()).isEqualTo(Exit.BLIND);
        assertThat(run.out()).isEmpty();
    }
}
