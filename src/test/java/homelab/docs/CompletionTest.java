package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What bash offers is what there is. */
class CompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "there is no /bin/bash here");
    }

    static List<String> commands() {
        return Help.commands();
    }

    /** What is offered for the last word. */
    private static List<String> offered(String... words) throws IOException, InterruptedException {
        String line = "'" + String.join("' '", words) + "'";
        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "source cli/completions/homelab.bash; COMP_WORDS=(homelab " + line + "); COMP_CWORD="
                                + words.length + "; _homelab; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return out.lines().toList();
    }

    @Test
    void offersEveryCommand() throws Exception {
        assertThat(offered("")).containsExactlyElementsOf(commands());
        assertThat(offered("b")).containsExactly("bootstrap", "backup");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void offersEveryOptionOfTheCommand(String command) throws Exception {
        assertThat(offered(command, "--")).containsExactlyInAnyOrderElementsOf(Help.options(command));
    }

    @Test
    void offersPhasesFormatsAndFiles() throws Exception {
        assertThat(offered("plan", "--only", "")).containsExactlyElementsOf(Help.phases());
        assertThat(offered("facts", "-o", "j")).containsExactly("json");
        assertThat(offered("facts", "-i", "inventory/two")).containsExactly("inventory/two-pis.yaml");
    }

    @Test
    void theFileIsWhatTheCommandPrints() throws IOException {
        assertThat(Run.of("completion", "bash").out())
                .as("write it anew: homelab completion bash > cli/completions/homelab.bash")
                .isEqualTo(Files.readString(Path.of("cli/completions/homelab.bash")));
    }

    @Test
    void offersTheNodesOfTheInventoryThatTheLineNames(@TempDir Path folder) throws Exception {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                nodes:
                  # the first
                  jarvis: {address: 10.0.1.10, role: server}
                  ultron:
                    address: 10.0.1.11
                    labels: {disk: ssd}
                groups:
                  big: {}
                """);

        assertThat(offered("reset", "-i", inventory.toString(), "")).containsExactly("jarvis", "ultron");
        assertThat(offered("join-node", "-i", inventory.toString(), "u")).containsExactly("ultron");
        assertThat(offered("harden", "-i", inventory.toString(), "--node", "j")).containsExactly("jarvis");
        assertThat(offered("reset", "-i", folder + "/none.yaml", "")).containsExactly("");
    }

    @Test
    void everyShellIsToldEveryCommandAndItsOptions() {
        for (String shell : List.of("zsh", "fish")) {
            String script = Run.of("completion", shell).out();
            assertThat(commands())
                    .as(shell)
                    .allSatisfy(command -> assertThat(script).contains(command));
            assertThat(script).contains("cluster-is-gone", "_homelab_nodes");
        }
    }
}
