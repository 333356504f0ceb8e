package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import homelab.report.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    @Test
    void saysItsVersion() {
        Run run = Run.of("--version");

        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out()).startsWith("homelab ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void listsEveryCommandInItsHelp(String word) {
        Run run = Run.of(word);

        assertThat(run.exit()).isEqualTo(Exit.DONE);
        for (Verb verb : Verb.values()) {
            assertThat(run.out()).contains("  " + verb.word() + " ");
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void showsAnExampleInTheHelpOfEveryCommand(Verb verb) {
        Run run = Run.of(verb.word(), "--help");

        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out()).contains("Usage: homelab " + verb.word(), "Example", "--inventory");
    }

    @Test
    void guessesWhatAMistypedCommandMeant() {
        Run run = Run.of("bootstrp");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("no command 'bootstrp'", "did you mean bootstrap?");
    }

    @Test
    void refusesAnUnknownOptionWithoutATrace() {
        Run run = Run.of("plan", "--exitcode");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("--exitcode", "--exit-code").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void upgradesEitherTheSystemOrKubernetes() {
        Run both = Run.of("upgrade", "--os", "--to", "v1.34.3+k3s1");
        Run named = Run.of("upgrade", "ultron");

        assertThat(both.exit()).isEqualTo(Exit.USAGE);
        assertThat(both.err()).contains("--os is typed beside --to", "homelab upgrade --os, then");
        assertThat(named.exit()).isEqualTo(Exit.USAGE);
        assertThat(named.err()).contains("nodes are named without --os", "homelab upgrade --os ultron");
    }

    @Test
    void validatesTheShippedExample() {
        Run run = Run.of("validate", "-i", "inventory/two-pis.yaml");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out()).contains("1 server(s), 1 agent(s)", "nothing wrong");
    }

    @Test
    void showsEveryMistakeOfAnInventoryWithItsPlace(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, "cluster: home\nnetwrok: {}\nk3s: {version: latest}\nnodes: {}\n");

        Run run = Run.of("validate", "-i", file.toString());

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("bad.yaml:2:1", "network", "bad.yaml:3:16", "latest");
    }

    @Test
    void saysWhatToDoWhenThereIsNoInventory() {
        Run run = Run.of("validate", "-i", "/nonexistent/inventory.yaml");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("/nonexistent/inventory.yaml");
    }

    @Test
    void refusesAPhaseThatIsNoneBeforeItReachesForAnyHost() {
        Run run = Run.of("plan", "-i", "/nonexistent/inventory.yaml", "--only", "servr,hosst");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err())
                .contains("no phase 'servr'", "did you mean server?")
                .contains("no phase 'hosst'", "did you mean host?");
    }

    @Test
    void namesEveryAddonThatIsNoneBeforeItReachesForAnyHost() {
        Run run = Run.of("addons", "plan", "traefic", "grafana", "-i", "inventory/two-pis.yaml");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err())
                .contains("no add-on 'traefic'", "did you mean traefik?")
                .contains("no add-on 'grafana'", "add it under addons.releases first");
    }

    @Test
    void namesEveryNodeThatIsNoneBeforeItReachesForAnyHost() {
        Run run = Run.of("join-node", "ultrn", "vision", "-i", "inventory/two-pis.yaml");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("no node 'ultrn'", "did you mean ultron?", "no node 'vision'");
    }

    @Test
    void namesTheSchemaOfItsJson() {
        Run run = Run.of("validate", "-i", "inventory/two-pis.yaml", "-o", "json");

        assertThat(run.out()).contains("\"schema\" : \"homelab/validate/v1\"");
    }

    @Test
    void doesNotCallItDoneWhenItsOutputCouldNotBeWritten() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Io io = new Io(
                new PrintStream(closed),
                new PrintStream(new ByteArrayOutputStream()),
                new BufferedReader(new StringReader("")),
                false,
                Terminal.PIPE,
                Terminal.PIPE,
                Map.of(),
                Path.of(""));

        assertThat(new Cli(io).run("--help")).isEqualTo(Exit.FAILED);
    }
}
