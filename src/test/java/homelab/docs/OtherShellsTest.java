package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What zsh and fish offer, each run for real; skipped where it is not installed. */
class OtherShellsTest {

    enum Shell {
        /** {@code compadd} is there only while a line is edited: a double of it prints what it is given and fits. */
        ZSH("zsh", "-f", "-c") {
            @Override
            String offering(Path script, String... words) {
                return """
                        compdef() { :; }
                        _files() { :; }
                        compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- ${(M)@:#${words[CURRENT]}*} }
                        source %s
                        words=(homelab %s); CURRENT=${#words}
                        _homelab
                        """.formatted(script, quoted(words));
            }
        },
        FISH("fish", "-N", "-c") {
            @Override
            String offering(Path script, String... words) {
                return "source " + script + "; complete -C 'homelab " + String.join(" ", words) + "' | cut -f 1";
            }
        };

        private final List<String> command;

        Shell(String... command) {
            this.command = List.of(command);
        }

        abstract String offering(Path script, String... words);

        boolean installed() {
            return Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.get(0))));
        }

        private static String quoted(String... words) {
            return Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        }

        List<String> run(Path home, String script) throws IOException, InterruptedException {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(command.stream(), Stream.of(script)).toList());
            builder.environment().put("HOME", home.toString());
            Process process = builder.redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return out.lines().filter(line -> !line.isEmpty()).toList();
        }
    }

    @TempDir
    Path folder;

    private Path inventory = Path.of("");

    @BeforeEach
    void anInventory() throws IOException {
        inventory = Files.writeString(
                folder.resolve("home.yaml"),
                "cluster: home\nnodes:\n  jarvis: {address: 10.0.1.10, role: server}\n  ultron:\n    address: 10.0.1.11\n");
    }

    private List<String> offered(Shell shell, String... words) throws IOException, InterruptedException {
        assumeTrue(shell.installed(), "there is no " + shell.command.get(0) + " here");
        Path script = Files.writeString(
                folder.resolve("script"),
                Run.of("completion", shell.command.get(0)).out());
        return shell.run(folder, shell.offering(script, words));
    }

    @ParameterizedTest
    @EnumSource
    void offersEveryCommand(Shell shell) throws Exception {
        assertThat(offered(shell, "")).containsExactlyInAnyOrderElementsOf(Help.commands());
        assertThat(offered(shell, "bo")).containsExactly("bootstrap");
    }

    @ParameterizedTest
    @EnumSource
    void offersEveryOptionOfEachCommand(Shell shell) throws Exception {
        for (String command : List.of("bootstrap", "reset", "shutdown", "doctor")) {
            assertThat(offered(shell, command, "--"))
                    .as(command)
                    .containsExactlyInAnyOrderElementsOf(Help.options(command));
        }
    }

    @ParameterizedTest
    @EnumSource
    void offersTheNodesOfTheInventoryThatTheLineNames(Shell shell) throws Exception {
        assertThat(offered(shell, "reset", "-i", inventory.toString(), "")).containsExactly("jarvis", "ultron");
        assertThat(offered(shell, "harden", "-i", inventory.toString(), "--node", "j"))
                .containsExactly("jarvis");
    }

    @ParameterizedTest
    @EnumSource
    void offersPhasesAndFormats(Shell shell) throws Exception {
        assertThat(offered(shell, "plan", "--only", "")).containsExactlyInAnyOrderElementsOf(Help.phases());
        assertThat(offered(shell, "facts", "-o", "j")).containsExactly("json");
    }
}
