package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.artifact.Mirror;
import homelab.model.K3sVersion;
import homelab.problem.Exit;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReleaseChoiceTest {
    @TempDir
    Path folder;

    Mirror server;

    @BeforeEach
    void serve() throws IOException {
        server = new Mirror().put("/channels", """
                {"data":[{"name":"stable","latest":"v1.33.6+k3s1"},{"name":"latest","latest":"v1.34.2+k3s1"},
                {"name":"v1.33","latest":"v1.33.4+k3s1"},{"name":"v1.32","latest":"v1.32.9+k3s1"}]}
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesWhatTheChannelMeans() {
        ReleaseChoice.Meant meant = meant("--channel", "latest");

        assertThat(meant.release()).isEqualTo(K3sVersion.parse("v1.34.2+k3s1"));
        assertThat(meant.said().orElseThrow().problem().what()).isEqualTo("channel latest means v1.34.2+k3s1");
        assertThat(meant.told(Problem.of("too far", "it is", "go near")))
                .isEqualTo(Problem.of("too far", "it is; channel latest means v1.34.2+k3s1", "go near"));
    }

    @Test
    void staysWhereTheChannelIsNotNewer() {
        for (String channel : new String[] {"v1.33", "v1.32"}) {
            ReleaseChoice.Meant meant = meant("--channel", channel);

            assertThat(meant.release()).isEqualTo(K3sVersion.parse("v1.33.4+k3s1"));
            assertThat(meant.said().orElseThrow().problem().why())
                    .endsWith("it is not newer than the inventory's v1.33.4+k3s1");
            assertThat(meant.stays().orElseThrow()).startsWith("channel " + channel + " means v1.3");
            assertThat(meant.noted()).isEmpty();
        }
    }

    @Test
    void asksNobodyForAReleaseThatIsTyped() {
        assertThat(meant("--to", "v1.33.5+k3s1"))
                .isEqualTo(new ReleaseChoice.Meant(K3sVersion.parse("v1.33.5+k3s1"), true, Optional.empty()));
        stop();
        assertThat(meant("--to", "v1.33.5+k3s1").release()).isEqualTo(K3sVersion.parse("v1.33.5+k3s1"));
    }

    @Test
    void namesTheChannelThatWasMeant() {
        Run run = run("--channel", "stabel");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err())
                .contains("k3s has no channel 'stabel'")
                .contains("there are stable, latest, v1.33, v1.32")
                .contains("did you mean stable?");
    }

    @Test
    void takesOneWordForTheRelease() {
        Run both = run("--channel", "stable", "--to", "v1.33.5+k3s1");
        Run system = run("--channel", "stable", "--os");

        assertThat(both.exit()).isEqualTo(Exit.USAGE);
        assertThat(both.err()).contains("--to is typed beside --channel");
        assertThat(system.exit()).isEqualTo(Exit.USAGE);
        assertThat(system.err()).contains("--os is typed beside --channel");
    }

    private ReleaseChoice.Meant meant(String... words) {
        ReleaseChoice choice = new ReleaseChoice();
        new CommandLine(choice).parseArgs(words);
        return choice.meant(inventory()).orElseThrow();
    }

    private Run run(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "upgrade";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "-i";
        all[words.length + 2] = inventory().toString();
        return Run.of(all);
    }

    private Path inventory() {
        try {
            return Files.writeString(folder.resolve("home.yaml"), """
                    cluster: home
                    network: {lan: 10.0.1.0/24}
                    k3s: {version: v1.33.4+k3s1, channels: "%schannels"}
                    nodes: {jarvis: {address: 10.0.1.10, role: server}}
                    """.formatted(server.base()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
